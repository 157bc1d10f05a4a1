package io.isospin.agent.l2;

import io.isospin.agent.config.LinuxBridgeConfig;
import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.Segment;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.Observed;

/** Finds each network's uplink, given the settings and the interfaces that are there. */
final class Uplinks {
    private final String host;
    private final LinuxBridgeConfig config;
    private final Observed observed;

    Uplinks(String host, LinuxBridgeConfig config, Observed observed) {
        this.host = host;
        this.config = config;
        this.observed = observed;
    }

    Uplink of(Unit.Network network) {
        return switch (network.segment()) {
            case Segment.Flat flat -> flat(network, flat.physicalNetwork());
            case Segment.Vlan vlan -> vlan(network, vlan);
            case Segment.Vxlan vxlan ->
                config.localIp() == null
                        ? missing("VXLAN is not enabled here, which network " + network.id()
                                + " needs; set [vxlan] enable_vxlan and local_ip and restart the agent")
                        : new Uplink.Tunnel(InterfaceName.vxlan(vxlan.vni()), vxlan.vni());
        };
    }

    private Uplink flat(Unit.Network network, String physicalNetwork) {
        InterfaceName device = config.mappings().get(physicalNetwork);
        Link link = device == null ? null : observed.links().get(device);
        if (device == null) {
            return unmapped(network, physicalNetwork);
        }
        if (link == null) {
            return absent(physicalNetwork, device);
        }
        for (Link master : observed.links().values()) {
            if (master.index() == link.master() && !Names.isBridge(master.name())) {
                return missing(device + " of " + physicalNetwork + " is a port of " + master.name()
                        + ", which is not ours; take it out of there or map another interface");
            }
        }
        return new Uplink.Flat(device);
    }

    private Uplink vlan(Unit.Network network, Segment.Vlan vlan) {
        InterfaceName trunk = config.mappings().get(vlan.physicalNetwork());
        if (trunk == null) {
            return unmapped(network, vlan.physicalNetwork());
        }
        if (!observed.links().containsKey(trunk)) {
            return absent(vlan.physicalNetwork(), trunk);
        }
        String name = trunk + "." + vlan.vlan();
        if (!InterfaceName.isName(name)) {
            return missing("the name " + name + " is too long for a VLAN device; rename " + trunk);
        }
        return new Uplink.Tagged(new InterfaceName(name), trunk, vlan.vlan());
    }

    private Uplink absent(String physicalNetwork, InterfaceName device) {
        return missing("physical_interface_mappings names " + device + " for " + physicalNetwork
                + ", but there is no interface " + device + "; create it or correct " + config.mappingsSetAt());
    }

    private Uplink unmapped(Unit.Network network, String physicalNetwork) {
        return missing("physical_interface_mappings has no interface for " + physicalNetwork + ", which network "
                + network.id() + " needs; add " + physicalNetwork + ":INTERFACE to " + config.mappingsSetAt());
    }

    private Uplink missing(String reason) {
        return new Uplink.Missing(host + ": " + reason);
    }
}
