package io.isospin.agent.metadata;

import static io.isospin.agent.stub.Units.dhcp;
import static io.isospin.agent.stub.Units.id;
import static io.isospin.agent.stub.Units.network;
import static io.isospin.agent.stub.Units.subnet;
import static io.isospin.agent.stub.Units.vxlan;

import io.isospin.agent.config.MetadataConfig;
import io.isospin.agent.dhcp.DhcpNamespace;
import io.isospin.agent.dhcp.DhcpPlanner;
import io.isospin.agent.mirror.HostView;
import io.isospin.agent.wiring.Sightings;
import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.HostState;
import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.tls.TlsClient;
import io.isospin.linux.LinuxKernel;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Prints by how many kB this process grows when it serves metadata on so many networks: {@code 1000 networks: 12345 kB}. The
 * namespaces, and what the agent has open in them for DHCP, are there before it begins to count. Wants a host of its own.
 */
public final class ManyNetworks {
    private ManyNetworks() {}

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        Kernel kernel = LinuxKernel.open();
        var units = new ArrayList<Unit>();
        for (int i = 1; i <= count; i++) {
            units.add(network(i, vxlan(i)));
            units.add(dhcp(i, i, subnet(i, "10.0.0.0/24", "10.0.0.2", "10.0.0.1")));
            prepare(kernel, i);
        }
        var state = HostState.EMPTY.with(List.of(new FeedMessage.Image(units), new FeedMessage.At("s", 1)));
        HostView view = HostView.of(state, true);
        var nova = new NovaMetadata(new MetadataConfig("http", "127.0.0.1", 8775, "s", TlsClient.STANDARD));
        try (var acceptor = new Acceptor(Limits.STANDARD, new Answerer(() -> view, nova));
                var reconciler =
                        new MetadataReconciler(() -> view, kernel, acceptor, new Sightings("h", Optional::empty))) {
            acceptor.start();
            reconciler.start();
            reconciler.look(id(1));
            await(acceptor, 2);
            long before = resident();
            for (int i = 2; i <= count; i++) {
                reconciler.look(id(i));
            }
            await(acceptor, 2 * count);
            System.out.println(count + " networks: " + (resident() - before) + " kB");
        }
        System.exit(0);
    }

    private static void await(Acceptor acceptor, int sockets) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (acceptor.sockets() < sockets) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(acceptor.sockets() + " sockets are open, not " + sockets);
            }
            Thread.sleep(1);
        }
    }

    private static void prepare(Kernel kernel, int number) {
        var namespace = kernel.namespace(DhcpNamespace.name(id(number)));
        namespace.sysctl("net/ipv6/conf/default/accept_dad", "0");
        InterfaceName device = InterfaceName.dhcp(id(number));
        var peer = new InterfaceName("peer");
        namespace
                .apply(List.of(
                        new Operation.CreateVeth(device, peer, "", null, 1500),
                        new Operation.SetUp(device, true),
                        new Operation.SetUp(peer, true),
                        new Operation.AddAddress(device, DhcpPlanner.METADATA, 32),
                        new Operation.AddAddress(device, DhcpPlanner.METADATA_V6, 64)))
                .forEach(result -> {
                    if (!result.ok()) {
                        throw new IllegalStateException(result.message());
                    }
                });
    }

    private static long resident() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
