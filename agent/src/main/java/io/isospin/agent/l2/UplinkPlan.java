package io.isospin.agent.l2;

import io.isospin.agent.config.LinuxBridgeConfig;
import io.isospin.agent.plan.DevicePlan;
import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.Observed.FdbEntry;
import io.isospin.linux.kernel.Observed.TaggedPair;
import io.isospin.linux.kernel.Operation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes uplinks right: the device, its attributes, its bridge, and a tunnel's forwarding entries. */
final class UplinkPlan {
    private static final MacAddress FLOOD = new MacAddress(0);

    private final LinuxBridgeConfig config;
    private final boolean vlanDevices;
    private final DevicePlan plan;
    private final Map<InterfaceName, Set<FdbEntry>> entries = new HashMap<>();

    UplinkPlan(LinuxBridgeConfig config, boolean vlanDevices, DevicePlan plan) {
        this.config = config;
        this.vlanDevices = vlanDevices;
        this.plan = plan;
        for (FdbEntry entry : plan.observed().fdb()) {
            entries.computeIfAbsent(entry.device(), absent -> new HashSet<>()).add(entry);
        }
    }

    void plan(Wiring.Wired wired) {
        switch (wired.uplink()) {
            case Uplink.Flat flat -> join(wired, flat.device(), plan.link(flat.device()));
            case Uplink.Tagged tagged -> tagged(wired, tagged);
            case Uplink.Tunnel tunnel -> {
                IpAddress local = config.localIp();
                if (local != null) {
                    tunnel(wired, tunnel, local);
                }
            }
            case Uplink.Missing _ -> {}
        }
    }

    private void join(Wiring.Wired wired, InterfaceName device, @Nullable Link present) {
        plan.bridge(device, present, wired.bridge());
        plan.up(device, present);
    }

    private void tagged(Wiring.Wired wired, Uplink.Tagged tagged) {
        Link trunk = plan.link(tagged.trunk());
        if (trunk == null) {
            return; // Uplinks has found it missing
        }
        plan.up(tagged.trunk(), trunk);
        // A VLAN device can't have a larger MTU than its trunk (ERANGE).
        int mtu = Math.min(wired.network().mtu(), trunk.mtu());
        Link present = plan.link(tagged.device());
        if (present != null && !isRight(tagged, present, trunk)) {
            boolean halfPair = !vlanDevices && present.kind() instanceof Link.Kind.Veth;
            if (!halfPair) {
                plan.add(new Operation.DeleteLink(tagged.device()));
                present = null;
            } else {
                create(tagged, mtu);
            }
        }
        if (present == null) {
            create(tagged, mtu);
        }
        plan.mtu(tagged.device(), present, mtu);
        join(wired, tagged.device(), present);
    }

    private boolean isRight(Uplink.Tagged tagged, Link present, Link trunk) {
        return vlanDevices
                ? present.kind().equals(new Link.Kind.Vlan(tagged.vlan(), trunk.index()))
                : plan.observed()
                        .taggedPairs()
                        .contains(new TaggedPair(
                                tagged.device(), tagged.trunk(), tagged.vlan().value()));
    }

    private void create(Uplink.Tagged tagged, int mtu) {
        plan.add(
                vlanDevices
                        ? new Operation.CreateVlan(tagged.device(), tagged.trunk(), tagged.vlan(), mtu)
                        : new Operation.CreateTaggedPair(tagged.device(), tagged.trunk(), tagged.vlan(), mtu));
    }

    private void tunnel(Wiring.Wired wired, Uplink.Tunnel tunnel, IpAddress local) {
        int mtu = wired.network().mtu();
        boolean learning = !config.l2Population();
        Link present = plan.link(tunnel.device());
        boolean right = present != null
                && present.kind() instanceof Link.Kind.Vxlan kind
                && kind.equals(
                        new Link.Kind.Vxlan(tunnel.vni(), local, kind.device(), config.udpPort(), learning, false));
        if (present != null && !right) {
            // None of these attributes can be changed on a living device.
            plan.add(new Operation.DeleteLink(tunnel.device()));
            present = null;
        }
        if (present == null) {
            plan.add(new Operation.CreateVxlan(tunnel.device(), tunnel.vni(), local, config.udpPort(), mtu, learning));
        }
        plan.mtu(tunnel.device(), present, mtu);
        join(wired, tunnel.device(), present);
        forwarding(wired, tunnel.device(), present != null, local);
    }

    /** A MAC behind its host, and broadcasts to each host that has a port of the network, and to no other. */
    private void forwarding(Wiring.Wired wired, InterfaceName device, boolean present, IpAddress local) {
        Set<FdbEntry> wanted = new LinkedHashSet<>();
        for (Unit.Peer peer : wired.peers()) {
            if (!peer.vtep().equals(local)) {
                wanted.add(new FdbEntry(device, peer.mac(), peer.vtep()));
                wanted.add(new FdbEntry(device, FLOOD, peer.vtep()));
            }
        }
        Set<FdbEntry> there = present ? entries.getOrDefault(device, Set.of()) : Set.of();
        if (config.l2Population()) {
            there.stream()
                    .filter(entry -> !wanted.contains(entry))
                    .sorted(Comparator.comparingLong(
                                    (FdbEntry entry) -> entry.mac().value())
                            .thenComparing(FdbEntry::vtep))
                    .forEach(entry -> plan.add(new Operation.DeleteFdb(device, entry.mac(), entry.vtep())));
        }
        for (FdbEntry entry : wanted) {
            if (!there.contains(entry)) {
                plan.add(new Operation.AddFdb(device, entry.mac(), entry.vtep()));
            }
        }
    }
}
