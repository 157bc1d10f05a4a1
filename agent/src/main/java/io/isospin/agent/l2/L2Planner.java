package io.isospin.agent.l2;

import io.isospin.agent.config.LinuxBridgeConfig;
import io.isospin.agent.mirror.HostView;
import io.isospin.agent.plan.DevicePlan;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpVersion;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.kernel.Operation;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Plans the root namespace: a pure function of what is wanted and what is there. Where all is right the plan is empty.
 * New things come before old ones go, so that a device which moves from one bridge to another is moved once.
 */
public final class L2Planner {
    /**
     * @param operations what to do, in order
     * @param unwanted devices of ours that nothing wants, whether or not they may go yet
     * @param quiet devices on which this host itself must not speak IPv6
     */
    public record L2Plan(
            Wiring wiring, List<Operation> operations, Set<InterfaceName> unwanted, List<InterfaceName> quiet) {}

    private final String host;
    private final LinuxBridgeConfig config;
    private final boolean vlanDevices;

    public L2Planner(String host, LinuxBridgeConfig config, boolean vlanDevices) {
        this.host = host;
        this.config = config;
        this.vlanDevices = vlanDevices;
    }

    /** @param mayGo which of the unwanted devices may be removed by now */
    public L2Plan plan(HostView view, Observed observed, Predicate<InterfaceName> mayGo) {
        Wiring wiring = Wiring.of(view, host, config, observed);
        var plan = new DevicePlan(observed);
        var uplinks = new UplinkPlan(config, vlanDevices, plan);
        for (Wiring.Wired wired : wiring.networks()) {
            bridge(plan, wired);
            uplinks.plan(wired);
            taps(plan, wired);
        }
        var pruning = new Pruning(config, wiring, plan, mayGo);
        pruning.plan();
        new AddressMoves(config, wiring, plan, pruning.doomedBridges()).plan();
        pruning.deleteBridges();
        List<InterfaceName> quiet = wiring.networks().stream()
                .filter(each -> !carriesIpv6(each, observed))
                .map(Wiring.Wired::bridge)
                .toList();
        return new L2Plan(wiring, plan.operations(), pruning.unwanted(), quiet);
    }

    /** Whether the host itself has an IPv6 address on the network, as it may on a flat one. */
    private static boolean carriesIpv6(Wiring.Wired wired, Observed observed) {
        return wired.uplink() instanceof Uplink.Flat flat
                && observed.addresses().stream()
                        .anyMatch(each -> (each.device().equals(flat.device())
                                        || each.device().equals(wired.bridge()))
                                && each.address().version() == IpVersion.V6
                                && !each.address().isLinkLocal());
    }

    private static void bridge(DevicePlan plan, Wiring.Wired wired) {
        Link present = plan.link(wired.bridge());
        int mtu = wired.network().mtu();
        if (present == null) {
            plan.add(new Operation.CreateBridge(wired.bridge(), mtu));
        }
        plan.mtu(wired.bridge(), present, mtu);
        plan.up(wired.bridge(), present);
    }

    private static void taps(DevicePlan plan, Wiring.Wired wired) {
        for (InterfaceName tap : wired.taps().values()) {
            Link present = plan.link(tap);
            if (present != null) {
                plan.mtu(tap, present, wired.network().mtu());
                plan.bridge(tap, present, wired.bridge());
                plan.up(tap, present);
            }
        }
        for (InterfaceName tap : wired.parked().values()) {
            Link present = plan.link(tap);
            if (present != null) {
                plan.down(present);
                plan.outOfBridge(present);
            }
        }
    }
}
