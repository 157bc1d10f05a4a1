package io.isospin.agent.stub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Nova's metadata service as an agent sees it: says what it was asked, or answers {@code /status/NNN} with that status. */
public final class NovaStub implements AutoCloseable {
    private final HttpServer server;

    /** Must be called inside the network namespace in which the agent will look for it; port 0 is any free one. */
    public NovaStub(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public NovaStub start() {
        server.setExecutor(
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
        server.createContext("/", NovaStub::answer);
        server.start();
        return this;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        int status = path.startsWith("/status/") ? Integer.parseInt(path.substring("/status/".length())) : 200;
        int size = path.startsWith("/size/") ? Integer.parseInt(path.substring("/size/".length())) : 0;
        String said = size > 0 ? "x".repeat(size) : said(exchange, path);
        byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=UTF-8");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().add("Content-Length", Integer.toString(bytes.length));
        }
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private static String said(HttpExchange exchange, String path) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return exchange.getRequestMethod() + " " + path + "\n"
                + exchange.getRequestHeaders().entrySet().stream()
                        .filter(header -> header.getKey()
                                .toLowerCase(java.util.Locale.ROOT)
                                .startsWith("x-"))
                        .map(header -> header.getKey().toLowerCase(java.util.Locale.ROOT) + ": "
                                + String.join(",", List.copyOf(header.getValue())) + "\n")
                        .sorted()
                        .collect(Collectors.joining())
                + body;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
