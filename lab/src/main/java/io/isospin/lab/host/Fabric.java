package io.isospin.lab.host;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.kernel.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cables: a namespace with three bridges, and from each of them a veth pair to every host. The bridges are plain
 * ones, which pass tagged frames as they are.
 */
public final class Fabric {
    private static final int MTU = 1500;
    private static final int PREFIX = 24;

    private record Cable(int number, InterfaceName bridge, InterfaceName device) {}

    private static final List<Cable> CABLES = List.of(cable(0, "mgmt"), cable(1, "tunnel"), cable(2, "provider"));

    private static Cable cable(int number, String bridge) {
        return new Cable(number, new InterfaceName(bridge), new InterfaceName("eth" + number));
    }

    private Fabric() {}

    /** Makes the namespaces of the plan, which must not be there yet, and joins them. */
    public static void build(Kernel kernel, LabPlan plan) {
        var fabric = kernel.namespace(plan.fabric());
        quiet(fabric);
        var bridges = new ArrayList<Operation>();
        for (var cable : CABLES) {
            bridges.add(new Operation.CreateBridge(cable.bridge(), MTU));
            bridges.add(new Operation.SetUp(cable.bridge(), true));
        }
        check(fabric, bridges);
        for (var host : plan.hosts()) {
            var namespace = kernel.namespace(host.name());
            check(fabric, plugs(host));
            check(namespace, raise(host));
        }
    }

    private static List<Operation> plugs(HostPlan host) {
        var operations = new ArrayList<Operation>();
        for (var cable : CABLES) {
            var port = new InterfaceName(host.name() + "." + cable.number());
            operations.add(new Operation.CreateVeth(port, cable.device(), host.name(), null, MTU));
            operations.add(new Operation.SetMaster(port, cable.bridge()));
            operations.add(new Operation.SetUp(port, true));
        }
        return operations;
    }

    private static List<Operation> raise(HostPlan host) {
        var operations = new ArrayList<Operation>();
        for (var cable : CABLES) {
            Optional<IpAddress> address = switch (cable.number()) {
                case 0 -> Optional.of(host.management());
                case 1 -> Optional.of(host.tunnel());
                default -> Optional.empty();
            };
            address.ifPresent(ip -> operations.add(new Operation.AddAddress(cable.device(), ip, PREFIX)));
            operations.add(new Operation.SetUp(cable.device(), true));
        }
        return operations;
    }

    // The cables carry frames and say nothing themselves.
    private static void quiet(NetworkNamespace fabric) {
        for (var key : List.of("net/ipv6/conf/all/disable_ipv6", "net/ipv6/conf/default/disable_ipv6")) {
            if (fabric.sysctl(key).isPresent()) {
                fabric.sysctl(key, "1");
            }
        }
        if (fabric.sysctl("net/bridge/bridge-nf-call-iptables").isPresent()) {
            fabric.sysctl("net/bridge/bridge-nf-call-iptables", "0");
        }
    }

    private static void check(NetworkNamespace namespace, List<Operation> operations) {
        String failures = namespace.apply(operations).stream()
                .filter(result -> !result.ok())
                .map(result -> result.operation() + ": " + result.message())
                .collect(Collectors.joining("; "));
        if (!failures.isEmpty()) {
            throw new LabException("The hosts cannot be joined in namespace " + namespace.name() + ": " + failures);
        }
    }
}
