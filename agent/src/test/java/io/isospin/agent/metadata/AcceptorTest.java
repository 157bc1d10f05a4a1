package io.isospin.agent.metadata;

import static io.isospin.agent.stub.Units.id;
import static io.isospin.agent.stub.Units.reservation;
import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.agent.config.MetadataConfig;
import io.isospin.agent.mirror.HostView;
import io.isospin.agent.stub.NovaStub;
import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.HostState;
import io.isospin.core.tls.TlsClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guests and Nova over loopback: 127.0.0.1 is the address of port 4 on network 1, and nobody's on network 2. */
class AcceptorTest {
    private static final Limits LIMITS = new Limits(
            6,
            5,
            3,
            4096,
            20,
            1024,
            10_000,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));
    private static final HostView VIEW = HostView.of(
            HostState.EMPTY.with(
                    List.of(new FeedMessage.Put(reservation(4, 1, 4, 3, "127.0.0.1")), new FeedMessage.At("s", 1))),
            true);

    private final NovaStub nova = new NovaStub(0).start();
    private final List<Socket> sockets = new ArrayList<>();
    private Acceptor acceptor;
    private ServerSocketChannel known;
    private ServerSocketChannel strange;

    AcceptorTest() throws IOException {
        acceptor = acceptor(nova.port());
        known = door(1);
        strange = door(2);
    }

    private static Acceptor acceptor(int novaPort) {
        var config = new MetadataConfig("http", "127.0.0.1", novaPort, "secret", TlsClient.STANDARD);
        return new Acceptor(LIMITS, new Answerer(() -> VIEW, new NovaMetadata(config, LIMITS)));
    }

    private ServerSocketChannel door(int network) throws IOException {
        var socket = ServerSocketChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        acceptor.listen(id(network), socket);
        return socket;
    }

    @BeforeEach
    void start() {
        acceptor.start();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        acceptor.close();
        known.close();
        strange.close();
        nova.close();
    }

    private Socket connect(ServerSocketChannel door) throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        socket.connect(door.getLocalAddress());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String toTheEnd(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String ask(ServerSocketChannel door, String request) throws IOException {
        try (Socket socket = connect(door)) {
            send(socket, request);
            return toTheEnd(socket);
        }
    }

    private String get(String path) throws IOException {
        return ask(known, "GET " + path + " HTTP/1.0\n\n");
    }

    @Test
    void novaIsToldWhoAsksAndNothingThatTheGuestSaysOfItself() throws IOException {
        String answer = ask(known, """
                GET /latest/meta-data?a=b HTTP/1.0
                X-Instance-ID: forged
                X-Instance-ID-Signature: forged
                X-Tenant-ID: forged
                X-Forwarded-For: 9.9.9.9
                X-Neutron-Network-ID: forged

                """);
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("GET /latest/meta-data?a=b\n")
                .contains("x-forwarded-for: 127.0.0.1\n")
                .contains("x-instance-id: " + id(4) + "\n")
                .contains("x-tenant-id: 0123456789abcdef0123456789abcdef\n")
                .contains("x-instance-id-signature: " + new Signature("secret").of(id(4).value()) + "\n")
                .doesNotContain("forged", "9.9.9.9", "x-neutron");
    }

    @Test
    void aConnectionIsUsedAgainUntilTheGuestHasEnough() throws IOException {
        Socket socket = connect(known);
        send(socket, "HEAD /one HTTP/1.1\nHost: x\n\nPOST /two HTTP/1.1\nHost: x\nContent-Length: 4\n\nbody");
        send(socket, "GET /three HTTP/1.1\nHost: x\nConnection: close\n\n");
        String all = toTheEnd(socket);
        assertThat(all.split("HTTP/1.1 200 OK", -1)).hasSize(4);
        assertThat(all)
                .contains("POST /two\n")
                .contains("body")
                .contains("GET /three\n")
                .doesNotContain("HEAD /one");
        assertThat(all.indexOf("Connection: keep-alive")).isPositive();
    }

    @Test
    void whoHasNoPortHereFindsNothing() throws IOException {
        assertThat(ask(strange, "GET / HTTP/1.0\n\n"))
                .startsWith("HTTP/1.1 404 Not Found\r\n")
                .endsWith("404 Not Found\n\nThe resource could not be found.\n\n   ");
        assertThat(ask(strange, "GET / HTTP/1.0\nAccept: */*\n\n"))
                .contains("text/html", "<h1>404 Not Found</h1>\n  The resource could not be found.<br /><br />");
    }

    @Test
    void novasRefusalsAreHandedOnAsNeutronDoes() throws IOException {
        for (int status : new int[] {400, 403, 404, 409, 502, 503, 504}) {
            assertThat(get("/status/" + status)).startsWith("HTTP/1.1 " + status + " ");
        }
        assertThat(get("/status/500"))
                .startsWith("HTTP/1.1 500 ")
                .contains("Remote metadata server experienced an internal server error.");
        for (int status : new int[] {201, 302, 401, 418}) {
            assertThat(get("/status/" + status))
                    .startsWith("HTTP/1.1 500 ")
                    .contains("An unknown error has occurred. Please try your request again.");
        }
        assertThat(get("/size/10000")).startsWith("HTTP/1.1 200 OK");
        assertThat(get("/size/10001")).startsWith("HTTP/1.1 502 ");
        assertThat(get("/a{b")).startsWith("HTTP/1.1 400 ");
        assertThat(ask(known, "PATCH / HTTP/1.0\n\n")).startsWith("HTTP/1.1 501 ");
    }

    @Test
    void novaAwayIsSaidToTheGuest() throws IOException {
        nova.close();
        assertThat(get("/latest"))
                .startsWith("HTTP/1.1 503 Service Unavailable")
                .contains("The remote metadata server is temporarily unavailable. Please try again later.");
    }

    @Test
    void aRequestThatCouldBeTakenForTwoEndsTheConnection() throws IOException {
        assertThat(ask(known, """
                POST / HTTP/1.1
                Host: x
                Content-Length: 3
                Transfer-Encoding: chunked

                0

                GET /smuggled HTTP/1.1
                Host: x

                """)).startsWith("HTTP/1.1 400 Bad Request").doesNotContain("smuggled");
    }

    @Test
    void whoIsSlowIsCutOff() throws IOException {
        Socket silent = connect(known);
        Socket slow = connect(known);
        send(slow, "GET / HTTP/1.1\nHost: x\nX-A: ");
        long start = System.nanoTime();
        assertThat(slow.getInputStream().read()).isEqualTo(-1);
        assertThat(silent.getInputStream().read()).isEqualTo(-1);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
    }

    @Test
    void oneGuestCanNotTakeAllConnections() throws IOException {
        for (int i = 0; i < LIMITS.ofSource(); i++) {
            Socket held = connect(known);
            send(held, "GET / HTTP/1.1\nHost: x\n\n");
            assertThat(held.getInputStream().read()).isEqualTo('H');
        }
        assertThat(toTheEnd(connect(known))).startsWith("HTTP/1.1 503 Service Unavailable");
        assertThat(ask(strange, "GET / HTTP/1.0\n\n")).as("another network").startsWith("HTTP/1.1 404");
        acceptor.cut(id(1));
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> get("/").startsWith("HTTP/1.1 200"));
    }

    @Test
    void aNetworkThatEndsLosesItsSocketAndConnections() throws IOException {
        Socket held = connect(known);
        send(held, "GET / HTTP/1.1\nHost: x\n\n");
        assertThat(held.getInputStream().read()).isEqualTo('H');
        var address = known.getLocalAddress();
        acceptor.end(known);
        acceptor.cut(id(1));
        assertThat(toTheEnd(held)).isNotNull();
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> {
            try (var probe = new Socket()) {
                probe.connect(address);
                return false;
            } catch (IOException refused) {
                return true;
            }
        });
    }
}
