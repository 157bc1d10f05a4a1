package io.isospin.lab.bench;

import io.isospin.core.net.InterfaceName;
import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.kernel.Operation;
import io.isospin.linux.netns.Netns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One thing at a time: a bound port whose tap appears, and a network with DHCP. */
final class Wiring {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BOOTPS = ":0043 "; // port 67 as /proc/net/udp writes it

    private final BenchHost host;
    private final Api api;
    private final Watcher active;
    private final String hostName;
    private int named;

    /** {@code active}: is told which of the instances' ports are ACTIVE. */
    Wiring(BenchHost host, Api api, Watcher active, String hostName) {
        this.host = host;
        this.api = api;
        this.active = active;
        this.hostName = hostName;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The id of a new network with a subnet. */
    String network(String cidr, boolean dhcp) {
        String id = api.post("/networks", object().set("network", object().put("name", "bench" + ++named)))
                .path("network")
                .path("id")
                .asString();
        var subnet = object().put("network_id", id)
                .put("ip_version", 4)
                .put("cidr", cidr)
                .put("enable_dhcp", dhcp);
        api.post("/subnets", object().set("subnet", subnet));
        return id;
    }

    private ObjectNode port(String network) {
        return object().put("network_id", network)
                .put("device_owner", "compute:nova")
                .put("device_id", "bench")
                .put("binding:host_id", hostName);
    }

    /** The ids of new ports bound to the host. */
    List<String> ports(String network, int count) {
        var body = object();
        var ports = body.putArray("ports");
        IntStream.range(0, count).forEach(i -> ports.add(port(network)));
        return api.post("/ports", body)
                .path("ports")
                .valueStream()
                .map(port -> port.path("id").asString())
                .toList();
    }

    static InterfaceName tap(String port) {
        return new InterfaceName("tap" + port.substring(0, 11));
    }

    static InterfaceName guest(String port) {
        return new InterfaceName("pt" + port.substring(0, 11));
    }

    long active(String network) {
        return api.get("/ports?network_id=" + network + "&status=ACTIVE&device_owner=compute:nova&fields=id")
                .path("ports")
                .size();
    }

    /** Answers when all of them are ACTIVE, by {@link System#nanoTime}. */
    long awaitActive(List<String> ports) throws InterruptedException {
        return active.await("ports are ACTIVE", there -> there.containsAll(ports), PATIENCE);
    }

    void remove(String network, List<String> ports) {
        ports.forEach(port -> api.delete("/ports/" + port));
        host.apply(ports.stream()
                .<Operation>map(port -> new Operation.DeleteLink(tap(port)))
                .toList());
        api.delete("/networks/" + network);
    }

    /** A bound port's creation, its tap made as soon as the id is known, until the API says ACTIVE. */
    List<String> single(int count) throws InterruptedException {
        var whole = new Series("port created and its tap made, until ACTIVE");
        var tapped = new Series("of it: tap present until ACTIVE");
        String network = network("10.90.0.0/16", false);
        // The first port of a network brings its bridge and tunnel, which stay.
        var all = new ArrayList<String>();
        for (int i = 0; i <= count; i++) {
            long begin = System.nanoTime();
            String port = ports(network, 1).getFirst();
            host.apply(BenchHost.pair(tap(port), guest(port)));
            long present = System.nanoTime();
            long active = awaitActive(List.of(port));
            if (i > 0) {
                whole.addNanos(active - begin);
                tapped.addNanos(active - present);
            }
            all.add(port);
        }
        remove(network, all);
        return List.of(whole.row(), tapped.row());
    }

    /** A network and its subnet created, until dnsmasq's socket is bound in the network's namespace. */
    List<String> dhcp(Daemon server, int count) throws InterruptedException {
        var whole = new Series("network and DHCP subnet created, until dnsmasq listens in its namespace");
        var after = new Series("of it: after the subnet's answer");
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            String network = network("10.91." + i + ".0/24", true);
            long answered = System.nanoTime();
            long serving = server.await("dnsmasq serves network " + network, () -> servesDhcp(network));
            whole.addNanos(serving - begin);
            after.addNanos(serving - answered);
            api.delete("/networks/" + network);
        }
        return List.of(whole.row(), after.row());
    }

    private boolean servesDhcp(String network) {
        Path namespace = host.named("qdhcp-" + network);
        if (!Files.exists(namespace)) {
            return false;
        }
        try {
            return Netns.call(namespace, Wiring::hasDhcpSocket);
        } catch (KernelException e) {
            return false; // its file is there, but the namespace is not mounted on it yet
        }
    }

    private static boolean hasDhcpSocket() {
        try {
            return Files.readString(Path.of("/proc/thread-self/net/udp")).contains(BOOTPS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
