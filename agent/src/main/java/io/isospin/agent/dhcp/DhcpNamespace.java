package io.isospin.agent.dhcp;

import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.ResourceId;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.kernel.NetworkNamespace.Result;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.kernel.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes and unmakes a network's qdhcp namespace and the veth pair that leads there from the network's bridge. */
public final class DhcpNamespace {
    private static final String PREFIX = "qdhcp-";

    private final Kernel kernel;
    private final boolean metadata;

    /** @param metadata whether metadata is served in namespaces */
    DhcpNamespace(Kernel kernel, boolean metadata) {
        this.kernel = kernel;
        this.metadata = metadata;
    }

    public static String name(ResourceId network) {
        return PREFIX + network;
    }

    /** The networks that have a namespace on this host. */
    List<ResourceId> networks() {
        return kernel.namespaces().stream()
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .filter(id -> id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                .map(ResourceId::new)
                .toList();
    }

    boolean exists(ResourceId network) {
        return kernel.namespaces().contains(name(network));
    }

    /** A namespace and what is in it. */
    record Ready(NetworkNamespace namespace, Observed observed) {}

    /** Looks into a network's namespace; empty where there is none. */
    Optional<Observed> look(ResourceId network) {
        return exists(network) ? Optional.of(kernel.namespace(name(network)).observe()) : Optional.empty();
    }

    /** Makes the namespace as {@code dhcp} wants it, changing only what is not right. */
    Ready ensure(Unit.Dhcp dhcp) {
        String name = name(dhcp.network());
        NetworkNamespace namespace = kernel.namespace(name);
        InterfaceName tap = InterfaceName.tap(dhcp.port());
        InterfaceName device = InterfaceName.dhcp(dhcp.port());
        Observed observed = namespace.observe();
        boolean outside = kernel.root().link(tap).isPresent();
        boolean inside = observed.links().containsKey(device);
        if (!outside || !inside) {
            quieten(namespace);
            if (outside) {
                apply(kernel.root(), List.of(new Operation.DeleteLink(tap)));
            }
            if (inside) {
                apply(namespace, List.of(new Operation.DeleteLink(device)));
            }
            apply(kernel.root(), List.of(new Operation.CreateVeth(tap, device, name, dhcp.mac(), dhcp.mtu())));
            observed = namespace.observe();
        }
        List<Operation> plan = new ArrayList<>(others(observed, device));
        plan.addAll(DhcpPlanner.plan(dhcp, metadata && hasIpv6(namespace), observed));
        apply(namespace, plan);
        return new Ready(namespace, plan.isEmpty() ? observed : namespace.observe());
    }

    public static boolean hasIpv6(NetworkNamespace namespace) {
        return namespace
                .sysctl("net/ipv6/conf/all/disable_ipv6")
                .filter("0"::equals)
                .isPresent();
    }

    /** Away with the device of a DHCP port that the network had before. */
    private static List<Operation> others(Observed observed, InterfaceName device) {
        return observed.links().keySet().stream()
                .filter(name -> name.value().startsWith("ns-") && !name.equals(device))
                .<Operation>map(Operation.DeleteLink::new)
                .toList();
    }

    /** No router advertisements from the network's instances, and no wait for the address to prove unique. */
    private static void quieten(NetworkNamespace namespace) {
        for (String key : List.of("net/ipv6/conf/default/accept_ra", "net/ipv6/conf/default/accept_dad")) {
            if (namespace.sysctl(key).filter(value -> !value.equals("0")).isPresent()) {
                namespace.sysctl(key, "0");
            }
        }
    }

    void remove(ResourceId network) {
        String name = name(network);
        if (!kernel.namespaces().contains(name)) {
            return;
        }
        NetworkNamespace namespace = kernel.namespace(name);
        // The pair goes here and now; the namespace itself lives until the kernel has cleaned up behind the last
        // process.
        List<Operation> devices = namespace.observe().links().values().stream()
                .map(Link::name)
                .filter(device -> device.value().startsWith("ns-"))
                .<Operation>map(Operation.DeleteLink::new)
                .toList();
        apply(namespace, devices);
        kernel.delete(name);
    }

    private static void apply(NetworkNamespace namespace, List<Operation> operations) {
        if (operations.isEmpty()) {
            return;
        }
        for (Result result : namespace.apply(operations)) {
            if (!result.ok()) {
                throw new IllegalStateException(
                        (namespace.name().isEmpty() ? "" : namespace.name() + ": ") + result.message());
            }
        }
    }
}
