package io.isospin.agent.l2;

import io.isospin.agent.config.LinuxBridgeConfig;
import io.isospin.agent.mirror.HostView;
import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.ResourceId;
import io.isospin.linux.kernel.Observed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the root namespace must contain, network by network, in the order of the bridges' names. */
public record Wiring(List<Wired> networks) {

    /**
     * A network's bridge, its uplink, the taps that belong in it, and those that are switched off.
     *
     * @param standby the ports that live on other hosts still, whose taps are among the others
     */
    public record Wired(
            Unit.Network network,
            InterfaceName bridge,
            Uplink uplink,
            Map<ResourceId, InterfaceName> taps,
            Map<ResourceId, InterfaceName> parked,
            Set<ResourceId> standby,
            List<Unit.Peer> peers) {}

    static Wiring of(HostView view, String host, LinuxBridgeConfig config, Observed observed) {
        var uplinks = new Uplinks(host, config, observed);
        var wired = new TreeMap<InterfaceName, Wired>();
        for (ResourceId id : view.networks()) {
            Unit.Network network = view.state().network(id);
            if (network != null) {
                InterfaceName bridge = InterfaceName.bridge(id);
                wired.put(bridge, wired(view, network, bridge, uplinks.of(network)));
            }
        }
        return new Wiring(List.copyOf(wired.values()));
    }

    private static Wired wired(HostView view, Unit.Network network, InterfaceName bridge, Uplink uplink) {
        var taps = new LinkedHashMap<ResourceId, InterfaceName>();
        var parked = new LinkedHashMap<ResourceId, InterfaceName>();
        var standby = new HashSet<ResourceId>();
        var peers = new ArrayList<Unit.Peer>();
        var units = new ArrayList<>(view.byNetwork().getOrDefault(network.id(), List.of()));
        units.sort(Comparator.comparing(unit -> unit.key().id())); // the same state, the same plan
        for (Unit unit : units) {
            switch (unit) {
                case Unit.Port port -> {
                    (port.adminUp() ? taps : parked).put(port.id(), InterfaceName.tap(port.id()));
                    if (port.standby()) {
                        standby.add(port.id());
                    }
                }
                case Unit.Dhcp dhcp -> taps.put(dhcp.port(), InterfaceName.tap(dhcp.port()));
                case Unit.Peer peer -> peers.add(peer);
                case Unit.Network _, Unit.Reservation _ -> {}
            }
        }
        parked.keySet().forEach(taps::remove);
        return new Wired(network, bridge, uplink, taps, parked, standby, peers);
    }

    /** Every device that is wanted, whether it is there or not. */
    public Set<InterfaceName> devices() {
        var names = new HashSet<InterfaceName>();
        for (Wired each : networks) {
            names.add(each.bridge());
            names.addAll(each.taps().values());
            names.addAll(each.parked().values());
            switch (each.uplink()) {
                case Uplink.Flat flat -> names.add(flat.device());
                case Uplink.Tagged tagged -> names.add(tagged.device());
                case Uplink.Tunnel tunnel -> names.add(tunnel.device());
                case Uplink.Missing _ -> {}
            }
        }
        return names;
    }
}
