package io.isospin.agent.kernel;

import static io.isospin.agent.kernel.RunningAgent.SOON;
import static io.isospin.agent.stub.Units.FLAT;
import static io.isospin.agent.stub.Units.dhcp;
import static io.isospin.agent.stub.Units.id;
import static io.isospin.agent.stub.Units.mac;
import static io.isospin.agent.stub.Units.network;
import static io.isospin.agent.stub.Units.peer;
import static io.isospin.agent.stub.Units.port;
import static io.isospin.agent.stub.Units.reservation;
import static io.isospin.agent.stub.Units.standby;
import static io.isospin.agent.stub.Units.subnet;
import static io.isospin.agent.stub.Units.vlan;
import static io.isospin.agent.stub.Units.vxlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.HostWiring;
import io.isospin.core.host.Report;
import io.isospin.core.host.Report.Entity;
import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import io.isospin.linux.process.LinuxProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentOnTheKernelTest {
    private static final String UDHCPC = """
            #!/bin/sh
            [ "$1" = bound ] && ip address add $ip/$mask dev $interface && echo "got $ip mtu $mtu dns $dns router $router"
            exit 0
            """;

    private Path directory = Path.of("");
    private RunningAgent agent;

    AgentOnTheKernelTest() throws IOException {
        directory = Files.createTempDirectory("isospin-agent");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        agent = new RunningAgent(directory);
    }

    @BeforeEach
    void start() throws IOException {
        Path script = Files.writeString(directory.resolve("udhcpc.sh"), UDHCPC);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        agent.start();
    }

    @AfterEach
    void end() throws IOException {
        System.out.println(agent.log());
        agent.close();
        try (var tree = Files.walk(directory)) {
            for (Path each : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static void measured(String what, long nanos) {
        System.out.printf("measured: %s %.1f ms%n", what, nanos / 1e6);
    }

    /** An instance as the compute service plugs it: a namespace with the port's MAC, its tap outside. */
    private void plug(int port) {
        String tap = InterfaceName.tap(id(port)).value();
        agent.host.sh("ip netns add vm" + port + "; ip link add " + tap + " type veth peer name eth0 address "
                + mac(port) + " netns vm" + port + "; ip -n vm" + port + " link set eth0 up");
    }

    private String lease(int port) {
        return agent.host.run(
                "ip",
                "netns",
                "exec",
                "vm" + port,
                "busybox",
                "udhcpc",
                "-i",
                "eth0",
                "-n",
                "-q",
                "-f",
                "-t",
                "10",
                "-T",
                "1",
                "-s",
                directory.resolve("udhcpc.sh").toString());
    }

    private void serveDhcp() {
        agent.server.put(
                network(1, FLAT),
                port(2, 1),
                dhcp(1, 2, subnet(3, "192.168.100.0/24", "192.168.100.2", "192.168.100.1")),
                port(4, 1),
                reservation(4, 1, 4, 3, "192.168.100.5"));
    }

    private long dnsmasqPid() throws IOException {
        return Long.parseLong(Files.readString(directory.resolve("state/dhcp/" + id(1) + "/pid"))
                .strip());
    }

    @Test
    void wiresFlatVlanAndVxlanPorts() {
        agent.server.put(
                network(1, FLAT),
                port(11, 1),
                network(2, vlan(200)),
                port(12, 2),
                network(3, vxlan(42)),
                port(13, 3),
                peer(14, 3, "172.18.0.102"));
        for (int port : List.of(11, 12, 13)) {
            plug(port);
        }
        for (int port : List.of(11, 12, 13)) {
            agent.awaitUp(id(port), Entity.L2);
        }
        String links = agent.host.run("ip", "-d", "link");
        assertThat(links)
                .containsPattern("eth2@.* master brq00000001-00 ")
                .containsPattern("eth2\\.200@.* master brq00000002-00 ")
                .containsPattern("vxlan-42: .*mtu 1450 .* master brq00000003-00 ")
                .containsPattern("tap0000000d-00@.* mtu 1450 .* master brq00000003-00 ");
        assertThat(agent.host.run("bridge", "fdb", "show", "dev", "vxlan-42"))
                .contains("00:00:00:00:00:00 dst 172.18.0.102")
                .contains(mac(14) + " dst 172.18.0.102");

        agent.server.send(new FeedMessage.Delete(peer(14, 3, "172.18.0.102").key()));
        await().atMost(SOON)
                .until(() -> !agent.host
                        .run("bridge", "fdb", "show", "dev", "vxlan-42")
                        .contains("172.18.0.102"));
        for (int network : List.of(1, 2, 3)) {
            agent.server.send(new FeedMessage.Network(id(network), List.of()));
        }
        await().atMost(SOON).until(() -> {
            String left = agent.host.run("ip", "link");
            return !left.contains("brq") && !left.contains("vxlan-") && !left.contains("eth2.200");
        });
        assertThat(agent.host.run("ip", "link")).contains("eth2@", "tap0000000b-00");
    }

    @Test
    void aMigratingPortIsWiredBeforeItIsActivatedAndReportedAfterwards() {
        agent.server.put(network(1, vxlan(42)), standby(11, 1), peer(11, 1, "172.18.0.102"));
        plug(11);
        await().atMost(SOON)
                .until(() ->
                        agent.host.run("ip", "link").matches("(?s).*tap0000000b-00@[^\n]* master brq00000001-00 .*"));
        assertThat(agent.host.run("bridge", "fdb", "show", "dev", "vxlan-42"))
                .as("the port's frames still go where it lives")
                .contains(mac(11) + " dst 172.18.0.102");
        assertThat(agent.server.received).as("nothing is told of it").isEmpty();

        agent.server.put(port(11, 1));
        agent.server.send(new FeedMessage.Delete(peer(11, 1, "172.18.0.102").key()));
        agent.awaitUp(id(11), Entity.L2);
        await().atMost(SOON)
                .until(() -> !agent.host
                        .run("bridge", "fdb", "show", "dev", "vxlan-42")
                        .contains("172.18.0.102"));
        assertThat(agent.host.run("ip", "link")).containsPattern("tap0000000b-00@.* master brq00000001-00 ");
    }

    @Test
    void addressesOfAFlatNetworksInterfaceMoveToTheBridgeAndBack() {
        agent.host.sh("ip address add 10.9.0.5/24 dev eth2; ip route add default via 10.9.0.1");
        agent.server.put(network(1, FLAT), port(11, 1));
        await().atMost(SOON)
                .until(() -> agent.host.run("ip", "route").contains("default via 10.9.0.1 dev brq00000001-00"));
        assertThat(agent.host.run("ip", "address", "show", "dev", "eth2")).doesNotContain("10.9.0.5");
        agent.server.send(new FeedMessage.Network(id(1), List.of()));
        await().atMost(SOON).until(() -> agent.host.run("ip", "route").contains("default via 10.9.0.1 dev eth2"));
        assertThat(agent.host.run("ip", "address", "show", "dev", "eth2")).contains("10.9.0.5/24");
    }

    @Test
    void aPortIsUpSoonAfterItIsBound() {
        agent.server.put(network(1, vlan(200)));
        await().atMost(SOON).until(() -> agent.host.run("ip", "link").contains("eth2.200"));
        var spent = new ArrayList<Long>();
        for (int i = 100; i < 130; i++) {
            plug(i);
            long start = System.nanoTime();
            agent.server.put(port(i, 1));
            spent.add(agent.awaitUp(id(i), Entity.L2).nanos() - start);
        }
        spent.sort(Long::compare);
        measured("bound port to report, p50", spent.get(15));
        measured("bound port to report, p90", spent.get(27));
        assertThat(spent.get(15)).isLessThan(Duration.ofMillis(60).toNanos());
    }

    @Test
    void twoHundredPortsAreWiredTogether() throws IOException {
        var batch = new StringBuilder();
        var units = new ArrayList<Unit>();
        for (int i = 1000; i < 1200; i++) {
            batch.append("link add ")
                    .append(InterfaceName.tap(id(i)))
                    .append(" type veth peer name p")
                    .append(i)
                    .append('\n');
            units.add(port(i, 1));
        }
        Path file = Files.writeString(directory.resolve("batch"), batch);
        agent.server.put(network(1, vlan(200)));
        agent.host.run("ip", "-batch", file.toString());
        long start = System.nanoTime();
        for (Unit unit : units) {
            agent.server.put(unit);
        }
        await().pollInterval(Duration.ofMillis(10))
                .atMost(SOON)
                .until(() -> agent.server.received.stream()
                                .filter(each -> each.port().up())
                                .map(each -> each.port().port())
                                .distinct()
                                .count()
                        >= 200);
        measured("200 ports, from the first message to the last report", System.nanoTime() - start);
        measured("reports in which they came (not ms): " + agent.server.reports.size(), 0);
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(2).toNanos());
    }

    @Test
    void givesLeasesAndTellsDnsmasqOfNewPortsWithoutARestart() throws IOException {
        long start = System.nanoTime();
        serveDhcp();
        measured(
                "network and subnet to the DHCP report",
                agent.awaitUp(id(4), Entity.DHCP).nanos() - start);
        agent.awaitUp(id(2), Entity.L2);
        long pid = dnsmasqPid();
        plug(4);
        agent.awaitUp(id(4), Entity.L2);
        assertThat(lease(4)).contains("got 192.168.100.5 mtu 1500 dns 8.8.8.8 8.8.4.4 router 192.168.100.1");
        assertThat(agent.host.run("ip", "-n", "qdhcp-" + id(1), "address"))
                .contains("ns-00000002-00@", mac(2).toString(), "192.168.100.2/24", "169.254.169.254/32");
        assertThat(agent.host.run("ip", "-n", "qdhcp-" + id(1), "route")).contains("default via 192.168.100.1");

        agent.server.put(port(5, 1), reservation(5, 1, 5, 3, "192.168.100.6"));
        agent.awaitUp(id(5), Entity.DHCP);
        plug(5);
        agent.awaitUp(id(5), Entity.L2);
        assertThat(lease(5)).contains("got 192.168.100.6");
        assertThat(dnsmasqPid()).isEqualTo(pid);
    }

    @Test
    void servesANewNetworkAtOnce() {
        var spent = new ArrayList<Long>();
        for (int i = 0; i < 8; i++) {
            int n = 10 * i + 100;
            long start = System.nanoTime();
            agent.server.put(
                    network(n, vlan(n)),
                    port(n + 1, n),
                    dhcp(n, n + 1, subnet(n + 2, "10.0." + i + ".0/24", "10.0." + i + ".2", "10.0." + i + ".1")));
            spent.add(agent.awaitUp(id(n + 1), Entity.DHCP).nanos() - start);
        }
        measured("network and subnet to the DHCP report, first", spent.getFirst());
        spent.sort(Long::compare);
        measured("network and subnet to the DHCP report, p50", spent.get(4));
        assertThat(spent.get(4)).isLessThan(Duration.ofMillis(150).toNanos());
    }

    @Test
    void anAddressGoesToItsNextOwnerThoughTheOldLeaseLasts() throws IOException {
        serveDhcp();
        plug(4);
        agent.awaitUp(id(4), Entity.DHCP);
        agent.awaitUp(id(4), Entity.L2);
        assertThat(lease(4)).contains("got 192.168.100.5");
        agent.server.send(
                new FeedMessage.Delete(port(4, 1).key()),
                new FeedMessage.Delete(reservation(4, 1, 4, 3, "192.168.100.5").key()));
        agent.server.put(port(6, 1), reservation(6, 1, 6, 3, "192.168.100.5"));
        plug(6);
        agent.awaitUp(id(6), Entity.DHCP);
        agent.awaitUp(id(6), Entity.L2);
        assertThat(lease(6)).contains("got 192.168.100.5");
    }

    @Test
    void nothingIsTouchedWhenAKilledAgentStartsAgain() throws Exception {
        serveDhcp();
        agent.server.put(
                network(7, vxlan(7)), port(8, 7), peer(9, 7, "172.18.0.103"), network(10, vlan(300)), port(11, 10));
        plug(4);
        plug(8);
        plug(11);
        for (int port : List.of(2, 4, 8, 11)) {
            agent.awaitUp(id(port), Entity.L2);
        }
        agent.awaitUp(id(4), Entity.DHCP);
        long pid = dnsmasqPid();
        await("the state is on disk")
                .atMost(SOON)
                .until(() -> Files.exists(directory.resolve("state/isospin/host-state.json")));
        agent.kill();
        assertThat(lease(4)).contains("got 192.168.100.5");

        Path changes = Files.createFile(directory.resolve("monitor.log"));
        agent.host.start(changes, "ip", "monitor", "link", "address", "route");
        Path inside = Files.createFile(directory.resolve("inside.log"));
        agent.host.start(inside, "ip", "netns", "exec", "qdhcp-" + id(1), "ip", "monitor", "link", "address", "route");
        agent.host.sh("ip link set lo mtu 65535");
        await().atMost(SOON).until(() -> Files.readString(changes).contains("lo"));
        Files.writeString(changes, "");
        agent.server.received.clear();
        agent.start();
        for (int port : List.of(2, 4, 8, 11)) {
            agent.awaitUp(id(port), Entity.L2);
        }
        agent.awaitUp(id(4), Entity.DHCP);
        assertThat(withoutProbe(Files.readString(changes))).isEmpty();
        assertThat(Files.readString(inside)).isEmpty();
        assertThat(dnsmasqPid()).isEqualTo(pid);
    }

    /** Without what the probe for VLAN devices shows, and link-local addresses that the kernel finishes by itself. */
    private static String withoutProbe(String text) {
        return text.lines()
                .filter(line -> !line.contains("probe") && !line.contains("fe80::") && !line.startsWith(" "))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aDeadDnsmasqIsStartedAgainAndADownNetworkLosesIt() throws Exception {
        serveDhcp();
        agent.awaitUp(id(4), Entity.DHCP);
        long pid = dnsmasqPid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().atMost(SOON).until(() -> dnsmasqPid() != pid);
        long second = dnsmasqPid();
        agent.server.put(new Unit.Network(id(1), FLAT, 1500, false));
        await().atMost(SOON).until(() -> !agent.host.run("ip", "netns").contains("qdhcp"));
        assertThat(new LinuxProcesses().words(second)).isEmpty();
        assertThat(agent.host.run("ip", "link")).contains("brq00000001-00").doesNotContain("tap00000002-00");
        agent.server.put(network(1, FLAT));
        await().atMost(SOON).until(() -> agent.host.run("ip", "netns").contains("qdhcp"));
    }

    @Test
    void aVanishedInterfaceBringsItsPortsDownWithTheReason() {
        agent.server.put(network(1, vlan(200)), port(11, 1));
        plug(11);
        agent.awaitUp(id(11), Entity.L2);
        agent.host.sh("ip link del trunk");
        await().atMost(SOON)
                .until(() -> agent.last(id(11), Entity.L2)
                        .filter(each -> !each.port().up())
                        .isPresent());
        assertThat(agent.last(id(11), Entity.L2).orElseThrow().port().reason())
                .contains(
                        "compute01: physical_interface_mappings names eth2 for physnet2, but there is no interface eth2");
        agent.host.sh("ip link add eth2 type veth peer name trunk; ip link set trunk up");
        await().atMost(SOON)
                .until(() -> agent.last(id(11), Entity.L2)
                        .filter(each -> each.port().up())
                        .isPresent());
    }

    /** The host's devices of a network as the reports so far tell them; empty where it has none. */
    private Optional<HostWiring.Part> wiring(int network) {
        return agent.server.reports.stream()
                .map(Report::wiring)
                .filter(Objects::nonNull)
                .flatMap(wiring -> wiring.parts().stream())
                .filter(part -> id(network).equals(part.network()))
                .reduce((first, second) -> second)
                .filter(part -> !part.isEmpty());
    }

    private boolean shows(int network, String device, String master) {
        return wiring(network).stream()
                .flatMap(part -> part.interfaces().stream())
                .anyMatch(each -> each.name().equals(device) && master.equals(each.master()));
    }

    @Test
    void whatTheHostsDevicesAreIsTold() {
        serveDhcp();
        agent.server.put(network(6, vlan(200)), port(11, 6));
        plug(11);
        agent.awaitUp(id(11), Entity.L2);
        await("the port's tap shows in its bridge")
                .atMost(SOON)
                .until(() -> shows(6, "tap0000000b-00", "brq00000006-00") && shows(6, "eth2.200", "brq00000006-00"));
        assertThat(wiring(6).orElseThrow().differences()).isEmpty();
        await("dnsmasq shows in its namespace")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(wiring(1).orElseThrow().namespaces())
                        .anySatisfy(namespace -> {
                            assertThat(namespace.services()).contains(new HostWiring.Service("dnsmasq", true));
                            assertThat(namespace.interfaces())
                                    .anySatisfy(
                                            device -> assertThat(device.peer()).isEqualTo("tap00000002-00"));
                        }));

        int reports = agent.server.reports.size();
        agent.host.sh("ip link set tap0000000b-00 nomaster; ip link del eth2.200");
        await("what was taken apart is mended")
                .atMost(SOON)
                .until(() -> agent.host.run("ip", "link").matches("(?s).*eth2.200[^\n]* master brq00000006-00 .*"));
        assertThat(reports).isPositive();

        agent.host.sh("ip link del trunk");
        await("what can't be mended is a difference")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(wiring(6).orElseThrow().differences())
                        .anySatisfy(sentence -> assertThat(sentence).contains("there is no interface eth2")));
        agent.host.sh("ip link add eth2 type veth peer name trunk; ip link set trunk up");
        await("until it is there again")
                .atMost(SOON)
                .untilAsserted(
                        () -> assertThat(wiring(6).orElseThrow().differences()).isEmpty());
        agent.server.send(new FeedMessage.Network(id(6), List.of()));
        await("a network that leaves takes its devices along")
                .atMost(SOON)
                .until(() -> wiring(6).isEmpty());
    }

    @Test
    void survivesItsServerAndEndsQuickly() throws Exception {
        agent.server.put(network(1, vlan(200)), port(11, 1));
        plug(11);
        agent.awaitUp(id(11), Entity.L2);
        agent.server.cut();
        agent.server.put(port(12, 1));
        plug(12);
        agent.awaitUp(id(12), Entity.L2);
        String status = Files.readString(Path.of("/proc/" + agent.pid() + "/status"));
        System.out.println("measured: "
                + Pattern.compile("VmRSS.*")
                        .matcher(status)
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group());
        Duration spent = agent.terminate();
        measured("from SIGTERM to the end", spent.toNanos());
        assertThat(spent).isLessThan(Duration.ofSeconds(1));
        assertThat(agent.host.run("ip", "link")).contains("brq00000001-00");
    }
}
