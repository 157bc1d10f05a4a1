package io.isospin.agent.dhcp;

import io.isospin.agent.plan.DevicePlan;
import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.IpVersion;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.kernel.Observed.Address;
import io.isospin.linux.kernel.Observed.Route;
import io.isospin.linux.kernel.Operation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Plans the inside of a qdhcp namespace: the device's attributes, its addresses, and the ways out. */
public final class DhcpPlanner {
    /** Where instances ask for their metadata; the namespace answers for it. */
    public static final IpAddress METADATA = IpAddress.parse("169.254.169.254");

    /**
     * The same over IPv6 (Neutron's METADATA_V6_CIDR is this in a /64). Where several hosts serve a network's DHCP, all
     * have it: whichever answers a neighbour solicitation first is asked, and each knows the whole network.
     */
    public static final IpAddress METADATA_V6 = IpAddress.parse("fe80::a9fe:a9fe");

    private static final IpPrefix ANY_V4 = IpPrefix.parse("0.0.0.0/0");
    private static final IpPrefix ANY_V6 = IpPrefix.parse("::/0");

    private DhcpPlanner() {}

    /** @param metadataV6 whether metadata is to be had over IPv6 */
    public static List<Operation> plan(Unit.Dhcp dhcp, boolean metadataV6, Observed observed) {
        InterfaceName device = InterfaceName.dhcp(dhcp.port());
        var plan = new DevicePlan(observed);
        Link present = plan.link(device);
        if (present != null && !dhcp.mac().equals(present.mac())) {
            plan.add(new Operation.SetMac(device, dhcp.mac()));
        }
        plan.mtu(device, present, dhcp.mtu());
        plan.up(device, present);
        addresses(plan, device, addresses(dhcp, device, metadataV6));
        routes(plan, device, routes(dhcp, device));
        return plan.operations();
    }

    private static Set<Address> addresses(Unit.Dhcp dhcp, InterfaceName device, boolean metadataV6) {
        var wanted = new LinkedHashSet<Address>();
        for (Unit.DhcpSubnet subnet : dhcp.subnets()) {
            IpAddress own = subnet.serverAddress();
            if (own != null) {
                wanted.add(new Address(device, own, subnet.cidr().length()));
            }
        }
        wanted.add(new Address(device, METADATA, 32));
        if (metadataV6) {
            wanted.add(new Address(device, METADATA_V6, 64));
        }
        return wanted;
    }

    private static Set<Route> routes(Unit.Dhcp dhcp, InterfaceName device) {
        var wanted = new LinkedHashSet<Route>();
        for (IpVersion version : IpVersion.values()) {
            dhcp.subnets().stream()
                    .filter(subnet -> subnet.cidr().version() == version && subnet.serverAddress() != null)
                    .map(Unit.DhcpSubnet::gateway)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(gateway ->
                            wanted.add(new Route(version == IpVersion.V4 ? ANY_V4 : ANY_V6, gateway, device)));
        }
        return wanted;
    }

    private static void addresses(DevicePlan plan, InterfaceName device, Set<Address> wanted) {
        for (Address there : plan.observed().addresses()) {
            boolean kernelsOwn = there.address().version() == IpVersion.V6
                    && there.address().isLinkLocal()
                    && !there.address().equals(METADATA_V6);
            if (there.device().equals(device) && !kernelsOwn && !wanted.contains(there)) {
                plan.add(new Operation.DeleteAddress(device, there.address(), there.prefixLength()));
            }
        }
        for (Address each : wanted) {
            if (!plan.observed().addresses().contains(each)) {
                plan.add(new Operation.AddAddress(device, each.address(), each.prefixLength()));
            }
        }
    }

    private static void routes(DevicePlan plan, InterfaceName device, Set<Route> wanted) {
        for (Route there : plan.observed().routes()) {
            if (device.equals(there.device()) && there.gateway() != null && !wanted.contains(there)) {
                plan.add(new Operation.DeleteRoute(there.destination(), there.gateway(), device));
            }
        }
        for (Route each : wanted) {
            if (!plan.observed().routes().contains(each)) {
                plan.add(new Operation.AddRoute(each.destination(), each.gateway(), device));
            }
        }
    }
}
