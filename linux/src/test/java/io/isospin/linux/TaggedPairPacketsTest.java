package io.isospin.linux;

import static io.isospin.linux.Scratch.apply;
import static io.isospin.linux.Scratch.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.VlanId;
import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.kernel.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts joined by a trunk that carries untagged frames, VLAN 200 and VLAN 201. */
class TaggedPairPacketsTest {
    private static final int BYTES = 32 << 20;

    private Scratch scratch;
    private NetworkNamespace left;
    private NetworkNamespace right;

    @TempDir
    private Path logs;

    @BeforeEach
    void joinTwoHosts() {
        Kernel kernel = Scratch.realKernel();
        scratch = new Scratch(kernel);
        left = scratch.namespace();
        right = scratch.namespace();
        apply(left, new Operation.CreateVeth(device("eth2"), device("eth2"), right.name(), null, 1500));
        wire(left, 1);
        wire(right, 2);
    }

    @AfterEach
    void removeThem() {
        scratch.close();
    }

    /** VLAN 200 is bridged, as the agent does it; VLAN 201 and the trunk have their addresses on them. */
    private static void wire(NetworkNamespace host, int number) {
        apply(
                host,
                new Operation.SetUp(device("eth2"), true),
                address("eth2", "10.0.0." + number),
                new Operation.CreateTaggedPair(device("eth2.200"), device("eth2"), new VlanId(200), 1500),
                new Operation.CreateTaggedPair(device("eth2.201"), device("eth2"), new VlanId(201), 1500),
                new Operation.CreateBridge(device("brq200"), 1500),
                new Operation.SetMaster(device("eth2.200"), device("brq200")),
                new Operation.SetUp(device("eth2.200"), true),
                new Operation.SetUp(device("eth2.201"), true),
                new Operation.SetUp(device("brq200"), true),
                address("brq200", "10.200.0." + number),
                address("eth2.201", "10.201.0." + number));
    }

    private static Operation address(String device, String address) {
        return new Operation.AddAddress(device(device), IpAddress.parse(address), 24);
    }

    private boolean ping(NetworkNamespace from, String to) {
        Process ping = from.start(Command.of("ping", "-c1", "-W1", to));
        try {
            return ping.waitFor(10, TimeUnit.SECONDS) && ping.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            ping.destroy();
        }
    }

    @Test
    void eachVlanAndTheUntaggedNetworkReachTheirOwn() {
        assertThat(ping(left, "10.200.0.2")).as("VLAN 200").isTrue();
        assertThat(ping(left, "10.201.0.2")).as("VLAN 201").isTrue();
        assertThat(ping(right, "10.0.0.1")).as("untagged").isTrue();
    }

    @Test
    void oneVlanDoesNotHearAnother() {
        apply(right, new Operation.DeleteLink(device("eth2.200")), address("eth2.201", "10.200.0.3"));
        assertThat(ping(left, "10.200.0.3")).as("VLAN 200 to VLAN 201").isFalse();
        assertThat(ping(left, "10.201.0.2")).as("VLAN 201 after VLAN 200 went").isTrue();
    }

    @Test
    void theTrunkCarriesTags() throws IOException {
        Path log = logs.resolve("tcpdump");
        Process tcpdump = right.start(new Command(
                java.util.List.of("tcpdump", "-l", "-n", "-e", "-i", "eth2", "icmp or (vlan and icmp)"),
                Map.of(),
                log));
        try {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> Files.exists(log) && Files.readString(log).contains("listening on"));
            assertThat(ping(left, "10.200.0.2")).isTrue();
            assertThat(ping(left, "10.201.0.2")).isTrue();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(Files.readString(log))
                            .containsPattern("vlan 200, p 0.* 10.200.0.1 > 10.200.0.2: ICMP echo request")
                            .containsPattern("vlan 200, p 0.* 10.200.0.2 > 10.200.0.1: ICMP echo reply")
                            .containsPattern("vlan 201, p 0.* 10.201.0.1 > 10.201.0.2: ICMP echo request"));
        } finally {
            tcpdump.destroy();
        }
    }

    @Test
    void aTcpStreamArrivesWhole() throws Exception {
        var address = new InetSocketAddress("10.200.0.2", 7000);
        try (ServerSocketChannel server = right.call(() -> bound(address));
                SocketChannel client = left.call(TaggedPairPacketsTest::unconnected)) {
            var received = new FutureTask<Long>(() -> sum(server));
            Thread.ofVirtual().start(received);
            client.connect(address);
            long expected = 0;
            for (int sent = 0; sent < BYTES; sent += 65_536) {
                var chunk = ByteBuffer.allocate(65_536);
                for (int i = 0; i < chunk.capacity(); i++) {
                    byte value = (byte) (sent / 65_536 + i * 31);
                    chunk.put(i, value);
                    expected = expected * 31 + value;
                }
                while (chunk.hasRemaining()) {
                    client.write(chunk);
                }
            }
            client.shutdownOutput();
            assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(expected);
        }
    }

    private static long sum(ServerSocketChannel server) throws IOException {
        try (SocketChannel channel = server.accept()) {
            var buffer = ByteBuffer.allocate(65_536);
            long sum = 0;
            while (channel.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    sum = sum * 31 + buffer.get();
                }
                buffer.clear();
            }
            return sum;
        }
    }

    private static ServerSocketChannel bound(InetSocketAddress address) {
        try {
            return ServerSocketChannel.open().bind(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SocketChannel unconnected() {
        try {
            return SocketChannel.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
