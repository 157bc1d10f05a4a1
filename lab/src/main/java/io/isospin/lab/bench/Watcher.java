package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows a collection of one server with {@code watch=true}: passes on what it is told, and knows what is there. */
final class Watcher implements AutoCloseable {
    private static final Set<String> CHANGES = Set.of("exists", "created", "updated", "deleted");

    private final String member;
    private final int port;
    private final HttpURLConnection connection;
    private final Consumer<JsonNode> listener;
    private final Set<String> there = new HashSet<>();

    private Watcher(String member, int port, String filters, Consumer<JsonNode> listener) throws IOException {
        this.member = member;
        this.port = port;
        this.listener = listener;
        var url = URI.create("http://127.0.0.1:" + port + "/v2.0/" + member + "s?watch=true" + filters);
        this.connection = (HttpURLConnection) url.toURL().openConnection();
    }

    /** {@code listener} hears of each change, one after the other. */
    static Watcher start(RunningServer server, String member, Consumer<JsonNode> listener) throws IOException {
        var watcher = new Watcher(member, server.port(), "", listener);
        watcher.follow(watcher.stream());
        return watcher;
    }

    /** {@code filters}: as a list has them, each with an ampersand before it. */
    static Watcher inside(BenchHost host, int port, String member, String filters) throws IOException {
        return inside(host, port, member, filters, change -> {});
    }

    static Watcher inside(BenchHost host, int port, String member, String filters, Consumer<JsonNode> listener)
            throws IOException {
        var watcher = new Watcher(member, port, filters, listener);
        watcher.follow(host.call(watcher::stream));
        return watcher;
    }

    private InputStream stream() {
        try {
            return connection.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void follow(InputStream stream) {
        Thread.ofPlatform().daemon().start(() -> read(stream));
    }

    String member() {
        return member;
    }

    int port() {
        return port;
    }

    private void read(InputStream stream) {
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var event = JsonMapper.shared().readTree(line);
                if (CHANGES.contains(event.path("type").asString())) {
                    see(event);
                }
            }
        } catch (IOException ended) {
            System.err.println("the stream of " + member + "s on port " + port + " ends: " + ended.getMessage());
        }
    }

    private synchronized void see(JsonNode event) {
        listener.accept(event);
        String id = event.path(member).path("id").asString();
        if (event.path("type").asString().equals("deleted")) {
            there.remove(id);
        } else {
            there.add(id);
        }
        notifyAll();
    }

    /** Waits until {@code condition} holds for the ids of what is there; answers when, by {@link System#nanoTime}. */
    synchronized long await(String what, Predicate<Set<String>> condition, Duration patience)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.test(there)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new LabException("After " + patience.toSeconds() + " s the watcher of " + member + "s on port "
                        + port + " has not seen that " + what);
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        return System.nanoTime();
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
