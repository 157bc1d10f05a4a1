package io.isospin.agent.stub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.HostJson;
import io.isospin.core.host.HostState;
import io.isospin.core.host.Report;
import io.isospin.core.host.Report.PortReport;
import io.isospin.core.host.Unit;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** As much of a server as an agent sees: a feed of one host, and the reports that come back with the time they came. */
public final class FeedStub implements AutoCloseable {
    public record Received(long nanos, PortReport port) {}

    private static final String STORE = "stub";
    private final HttpServer server;
    private final List<HttpExchange> streams = new ArrayList<>();
    public final List<Received> received = new CopyOnWriteArrayList<>();
    public final List<Report> reports = new CopyOnWriteArrayList<>();
    private HostState state = new HostState(STORE, 1, HostState.EMPTY.units());

    /** Must be called inside the network namespace in which the agent will look for it. */
    public FeedStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9696), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public FeedStub start() {
        server.setExecutor(
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
        server.createContext("/isospin/agent/v1/hosts/", this::feed);
        server.createContext("/isospin/agent/v1/report", this::report);
        server.start();
        return this;
    }

    private void feed(HttpExchange exchange) throws IOException {
        if (!"s3cret".equals(exchange.getRequestHeaders().getFirst("X-Isospin-Agent-Secret"))) {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        synchronized (this) {
            boolean resumes =
                    exchange.getRequestURI().getQuery().equals("store=" + STORE + "&revision=" + state.revision());
            if (!resumes) {
                write(exchange, new FeedMessage.Image(List.copyOf(state.units().values())));
            }
            write(exchange, new FeedMessage.At(STORE, state.revision()));
            streams.add(exchange);
        }
    }

    private void report(HttpExchange exchange) throws IOException {
        Report report = HostJson.report(exchange.getRequestBody().readAllBytes());
        long now = System.nanoTime();
        reports.add(report);
        report.ports().forEach(port -> received.add(new Received(now, port)));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private static void write(HttpExchange exchange, FeedMessage message) throws IOException {
        OutputStream out = exchange.getResponseBody();
        out.write(HostJson.bytes(message));
        out.write('\n');
        out.flush();
    }

    public synchronized void send(FeedMessage... messages) {
        var all = new ArrayList<>(Arrays.asList(messages));
        all.add(new FeedMessage.At(STORE, state.revision() + 1));
        state = state.with(all);
        streams.removeIf(stream -> {
            try {
                for (FeedMessage message : all) {
                    write(stream, message);
                }
                return false;
            } catch (IOException e) {
                return true; // that agent has gone
            }
        });
    }

    public void put(Unit... units) {
        send(Arrays.stream(units).map(FeedMessage.Put::new).toArray(FeedMessage[]::new));
    }

    /** Ends all streams, as a server that goes away. */
    public synchronized void cut() {
        streams.forEach(HttpExchange::close);
        streams.clear();
    }

    @Override
    public void close() {
        cut();
        server.stop(0);
    }
}
