package io.isospin.lab;

import io.isospin.lab.compute.Compute;
import io.isospin.lab.compute.VifPlugging;
import io.isospin.lab.host.FileTree;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Listeners;
import io.isospin.lab.identity.AuthRequest;
import io.isospin.lab.identity.Catalogue;
import io.isospin.lab.identity.Directory;
import io.isospin.lab.identity.IdentityService;
import io.isospin.lab.identity.Tokens;
import io.isospin.lab.image.ImageService;
import io.isospin.lab.image.Images;
import io.isospin.lab.placement.PlacementService;
import io.isospin.lab.shelf.Shelf;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** All services on free ports, over networking and a driver that live in memory. */
public final class Cloud implements AutoCloseable {
    public static final String PASSWORD = "verysecret";

    public final StubNetworking networking;
    public final RecordingDriver driver;
    public final Compute compute;
    public final Directory directory = Directory.lab(Map.of("admin", PASSWORD, "demo", PASSWORD, "nova", PASSWORD));
    public final Tokens tokens = new Tokens(directory, Clock.systemUTC(), Duration.ofHours(1));
    public final int identityPort;
    public final int computePort;
    public final int imagePort;
    public final int placementPort;

    private final Path imageData;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Listeners listeners;

    public Cloud(Duration vifPatience) {
        this(new VifPlugging(vifPatience, true), Shelf.NONE);
    }

    public Cloud(VifPlugging plugging, Shelf shelf) {
        this(plugging, shelf, new StubNetworking(), new RecordingDriver());
    }

    public Cloud(VifPlugging plugging, Shelf shelf, StubNetworking networking, RecordingDriver driver) {
        this.networking = networking;
        this.driver = driver;
        var ports = freePorts(4);
        identityPort = ports.get(0);
        computePort = ports.get(1);
        imagePort = ports.get(2);
        placementPort = ports.get(3);
        imageData = temporary();
        var images = new Images(shelf, imageData, Clock.systemUTC());
        compute = new Compute(
                new Compute.Settings(Map.of("compute01", "10.0.0.31", "compute02", "10.0.0.32"), host -> plugging),
                tokens,
                networking,
                () -> token("nova", "service"),
                driver,
                images,
                shelf,
                Clock.systemUTC());
        compute.resume();
        var catalogue = Catalogue.of(identityPort, 9, computePort, imagePort, placementPort);
        listeners = Listeners.open(List.of(
                new Listeners.Door(
                        "identity", "127.0.0.1", identityPort, new IdentityService(directory, tokens, catalogue)),
                new Listeners.Door("compute", "127.0.0.1", computePort, compute.service()),
                new Listeners.Door("image", "127.0.0.1", imagePort, new ImageService(tokens, images)),
                new Listeners.Door(
                        "placement",
                        "127.0.0.1",
                        placementPort,
                        new PlacementService(tokens, List.of("compute01", "compute02"), compute::instances))));
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("isospin-images");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public String token(String user, String project) {
        return tokens.issue(new AuthRequest(
                        List.of(new AuthRequest.Proof.Password(user, PASSWORD)),
                        new AuthRequest.Scope.Project(project)))
                .secret();
    }

    public String project(String name) {
        return directory.project(name).orElseThrow().id();
    }

    public HttpResponse<String> send(int port, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public static ObjectNode json(HttpResponse<String> response) {
        return Json.parse(response.body());
    }

    @Override
    public void close() {
        listeners.close();
        compute.close();
        http.close();
        try {
            FileTree.remove(imageData);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ports that are free together. */
    public static List<Integer> freePorts(int count) {
        var sockets = IntStream.range(0, count).mapToObj(i -> open()).toList();
        try {
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (var socket : sockets) {
                close(socket);
            }
        }
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0);
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
