package io.isospin.agent.kernel;

import static io.isospin.agent.kernel.RunningAgent.SOON;
import static io.isospin.agent.stub.Units.dhcp;
import static io.isospin.agent.stub.Units.id;
import static io.isospin.agent.stub.Units.mac;
import static io.isospin.agent.stub.Units.network;
import static io.isospin.agent.stub.Units.port;
import static io.isospin.agent.stub.Units.reservation;
import static io.isospin.agent.stub.Units.subnet;
import static io.isospin.agent.stub.Units.vlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isospin.agent.stub.NovaStub;
import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.Report.Entity;
import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two networks with the same addresses, a guest on each, and Nova. */
class MetadataOnTheKernelTest {
    private static final String ADDRESS = "http://169.254.169.254";

    private final Path directory;
    private final RunningAgent agent;
    private final NovaStub nova;

    MetadataOnTheKernelTest() throws IOException {
        directory = Files.createTempDirectory("isospin-agent");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        agent = new RunningAgent(directory);
        nova = agent.host.inside(() -> new NovaStub(8775)).start();
    }

    @BeforeEach
    void start() throws IOException {
        Files.writeString(directory.resolve("agent.ini"), """
                agents = linuxbridge,dhcp,metadata
                [DEFAULT]
                enable_isolated_metadata = true
                metadata_proxy_shared_secret = secret
                """, StandardOpenOption.APPEND);
        agent.start();
        serve(1, 200);
        serve(11, 201);
    }

    @AfterEach
    void end() throws IOException {
        System.out.println(agent.log());
        nova.close();
        agent.close();
        try (var tree = Files.walk(directory)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** Network n with DHCP by port n + 1 and an instance's port n + 3, which has 192.168.100.5. */
    private void serve(int n, int vlan) {
        agent.server.put(
                network(n, vlan(vlan)),
                port(n + 1, n),
                dhcp(n, n + 1, subnet(n + 2, "192.168.100.0/24", "192.168.100.2", "192.168.100.1")),
                port(n + 3, n),
                reservation(n + 3, n, n + 3, n + 2, "192.168.100.5"));
        String tap = InterfaceName.tap(id(n + 3)).value();
        String vm = "vm" + n;
        agent.host.sh("ip netns add " + vm + "; ip link add " + tap + " type veth peer name eth0 address " + mac(n + 3)
                + " netns " + vm + "; ip netns exec " + vm + " sysctl -qw net.ipv6.conf.eth0.accept_dad=0; ip -n " + vm
                + " link set eth0 up; ip -n " + vm + " address add 192.168.100.5/24 dev eth0; ip -n " + vm
                + " route add 169.254.169.254 via 192.168.100.2");
        agent.awaitUp(id(n + 3), Entity.L2);
        agent.awaitUp(id(n + 3), Entity.DHCP);
    }

    /** What a guest gets; empty where it gets none. */
    private String ask(int n, String url, String... more) {
        return agent.host.sh(
                "ip netns exec vm" + n + " curl -gs -m 5 " + String.join(" ", more) + " '" + url + "' || true");
    }

    private void awaitInstance(int n, String url) {
        await("network " + n + " answers")
                .atMost(SOON)
                .until(() -> ask(n, url).contains("x-instance-id: " + id(n + 3) + "\n"));
    }

    @Test
    void guestsWithTheSameAddressAreToldApartByTheirNetworks() {
        for (int n : List.of(1, 11)) {
            awaitInstance(n, ADDRESS + "/latest/meta-data");
            assertThat(ask(
                            n,
                            ADDRESS + "/latest/meta-data",
                            "-H 'X-Instance-ID: forged' -H 'X-Forwarded-For: 1.2.3.4'"))
                    .contains("x-instance-id: " + id(n + 3), "x-forwarded-for: 192.168.100.5\n")
                    .doesNotContain("forged", "1.2.3.4");
            awaitInstance(n, "http://[fe80::a9fe:a9fe%25eth0]/latest/meta-data");
            assertThat(ask(n, "http://[fe80::a9fe:a9fe%25eth0]/")).contains("x-forwarded-for: fe80::f816:3eff:fe00:");
        }
        assertThat(agent.host.run("ip", "-n", "qdhcp-" + id(1), "address"))
                .contains("169.254.169.254/32", "fe80::a9fe:a9fe/64");
        assertThat(agent.host.run("ss", "-ltn"))
                .as("nothing listens on the host itself")
                .doesNotContain(":80 ");
        agent.host.sh(
                "ip -n vm1 address del 192.168.100.5/24 dev eth0; ip -n vm1 address add 192.168.100.77/24 dev eth0;"
                        + "ip -n vm1 route add 169.254.169.254 via 192.168.100.2");
        assertThat(ask(1, ADDRESS + "/")).contains("404 Not Found");
    }

    @Test
    void aNetworkThatIsDownHasNoMetadataAndASoonAsItIsUpAgainItHas() {
        awaitInstance(1, ADDRESS + "/");
        agent.server.put(new Unit.Network(id(1), vlan(200), 1500, false));
        await().atMost(SOON)
                .until(() -> !agent.host.run("ip", "netns").contains("qdhcp-" + id(1))
                        && ask(1, ADDRESS + "/").isEmpty());
        awaitInstance(11, ADDRESS + "/");
        agent.server.put(network(1, vlan(200)));
        awaitInstance(1, ADDRESS + "/");
        Unit.DhcpSubnet on = subnet(3, "192.168.100.0/24", "192.168.100.2", "192.168.100.1");
        agent.server.send(new FeedMessage.Delete(dhcp(1, 2, on).key()));
        await().atMost(SOON).until(() -> ask(1, ADDRESS + "/").isEmpty());
    }

    @Test
    void anAgentThatStartsAgainAnswersAgainAlsoInANamespaceMadeAnew() throws Exception {
        awaitInstance(1, ADDRESS + "/");
        agent.kill();
        assertThat(ask(1, ADDRESS + "/")).isEmpty();
        agent.start();
        awaitInstance(1, ADDRESS + "/");
        agent.host.sh("ip netns pids qdhcp-" + id(1) + " | xargs kill; ip link del " + InterfaceName.tap(id(2))
                + "; ip netns del qdhcp-" + id(1));
        awaitInstance(1, ADDRESS + "/");
        awaitInstance(1, "http://[fe80::a9fe:a9fe%25eth0]/");
        agent.terminate();
        assertThat(ask(11, ADDRESS + "/")).isEmpty();
    }
}
