package io.isospin.agent.l2;

import io.isospin.agent.config.LinuxBridgeConfig;
import io.isospin.agent.plan.DevicePlan;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpVersion;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.Observed.Address;
import io.isospin.linux.kernel.Observed.Route;
import io.isospin.linux.kernel.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A physical interface in a bridge receives nothing for itself, so its addresses and routes live on the bridge of its
 * flat network, as Neutron's agent has it, and come back when the bridge goes.
 */
final class AddressMoves {
    private final LinuxBridgeConfig config;
    private final Wiring wiring;
    private final DevicePlan plan;
    private final Set<InterfaceName> doomedBridges;

    AddressMoves(LinuxBridgeConfig config, Wiring wiring, DevicePlan plan, Set<InterfaceName> doomedBridges) {
        this.config = config;
        this.wiring = wiring;
        this.plan = plan;
        this.doomedBridges = doomedBridges;
    }

    void plan() {
        for (InterfaceName device : new HashSet<>(config.mappings().values())) {
            Link link = plan.link(device);
            if (link != null) {
                interfaceAndBridge(link);
            }
        }
    }

    private void interfaceAndBridge(Link device) {
        InterfaceName holder = device.name();
        for (Wiring.Wired wired : wiring.networks()) {
            if (wired.uplink().equals(new Uplink.Flat(device.name()))) {
                holder = wired.bridge();
            }
        }
        if (!holder.equals(device.name())) {
            move(device.name(), holder);
        }
        for (Link bridge : plan.observed().links().values()) {
            if (bridge.index() == device.master()
                    && !bridge.name().equals(holder)
                    && doomedBridges.contains(bridge.name())) {
                move(bridge.name(), holder);
            }
        }
    }

    private void move(InterfaceName from, InterfaceName to) {
        List<Address> addresses = plan.observed().addresses().stream()
                .filter(each -> each.device().equals(from) && !isKernelsOwn(each))
                .toList();
        if (addresses.isEmpty()) {
            return;
        }
        // Routes go with the address that they stand on, so they are added again rather than moved.
        for (Address each : addresses) {
            plan.add(new Operation.DeleteAddress(from, each.address(), each.prefixLength()));
            plan.add(new Operation.AddAddress(to, each.address(), each.prefixLength()));
        }
        for (Route route : plan.observed().routes()) {
            if (from.equals(route.device())) {
                plan.add(new Operation.AddRoute(route.destination(), route.gateway(), to));
            }
        }
    }

    private static boolean isKernelsOwn(Address address) {
        return address.address().version() == IpVersion.V6 && address.address().isLinkLocal();
    }
}
