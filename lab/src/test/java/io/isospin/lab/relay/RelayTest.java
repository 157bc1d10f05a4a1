package io.isospin.lab.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isospin.lab.host.LabException;
import io.isospin.linux.LinuxKernel;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
    private final String name =
            "lr" + Integer.toHexString(ThreadLocalRandom.current().nextInt(0x1000, 0xffff));
    private Kernel kernel;
    private NetworkNamespace inside;

    @BeforeEach
    void open() {
        kernel = LinuxKernel.open();
        inside = kernel.namespace(name);
    }

    @AfterEach
    void close() {
        kernel.delete(name);
        kernel.close();
    }

    @Test
    void a_connection_from_outside_is_carried_into_the_namespace_and_back_to_its_end() throws Exception {
        try (var echo = listener(inside)) {
            Thread.ofVirtual().start(() -> echo(echo));
            try (var relay = Relay.open(kernel.root(), loopback(0), inside, address(echo));
                    var client = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
                byte[] sent = new byte[1 << 20];
                ThreadLocalRandom.current().nextBytes(sent);
                var writer = Thread.ofVirtual().start(() -> write(client, sent));
                assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
                writer.join();
            }
        }
    }

    @Test
    void where_nobody_listens_the_connection_ends() throws Exception {
        try (var relay = Relay.open(kernel.root(), loopback(0), inside, loopback(9));
                var client = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_port_that_is_taken_is_named() throws Exception {
        try (var taken = listener(kernel.root())) {
            int port = address(taken).getPort();
            assertThatThrownBy(() -> Relay.open(kernel.root(), loopback(port), inside, loopback(9)))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("Port " + port + " on ")
                    .hasMessageContaining("ss -ltnp");
        }
    }

    private static ServerSocketChannel listener(NetworkNamespace namespace) throws IOException {
        var channel = namespace.call(() -> {
            try {
                return ServerSocketChannel.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return channel.bind(loopback(0));
    }

    private static void echo(ServerSocketChannel listener) {
        try (var connection = listener.accept()) {
            Channels.newInputStream(connection).transferTo(Channels.newOutputStream(connection));
            connection.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
            client.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress address(ServerSocketChannel listener) throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
