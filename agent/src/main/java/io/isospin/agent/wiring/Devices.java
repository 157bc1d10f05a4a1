package io.isospin.agent.wiring;

import io.isospin.core.host.HostWiring;
import io.isospin.core.host.HostWiring.Device;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.kernel.Observed.TaggedPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One namespace's links as a report shows them. */
final class Devices {
    private static final InterfaceName LOOPBACK = new InterfaceName("lo");

    private final Observed observed;
    private final Map<Integer, Link> byIndex = new HashMap<>();
    private final Map<InterfaceName, List<String>> addresses = new HashMap<>();
    private final Map<InterfaceName, TaggedPair> pairs = new HashMap<>();

    Devices(Observed observed) {
        this.observed = observed;
        observed.links().values().forEach(link -> byIndex.put(link.index(), link));
        observed.taggedPairs().forEach(pair -> pairs.put(pair.device(), pair));
        observed.addresses().stream()
                // The kernel gives link-local ones by itself, and not at once.
                .filter(each -> !each.address().isLinkLocal()
                        || each.address().version().number() == 4)
                .sorted(Comparator.comparing(Observed.Address::address))
                .forEach(each -> addresses
                        .computeIfAbsent(each.device(), absent -> new ArrayList<>())
                        .add(each.address() + "/" + each.prefixLength()));
    }

    /** All but the loopback, which is the same everywhere, in the order of their names. */
    List<Link> links() {
        return observed.links().values().stream()
                .filter(link -> !link.name().equals(LOOPBACK))
                .sorted(Comparator.comparing(link -> link.name().value()))
                .toList();
    }

    @Nullable
    InterfaceName masterOf(Link link) {
        Link master = byIndex.get(link.master());
        return link.master() == 0 || master == null ? null : master.name();
    }

    @Nullable
    Link byIndex(int index) {
        return byIndex.get(index);
    }

    /** @param port the port whose tap it is */
    Device device(Link link, @Nullable ResourceId port, @Nullable InterfaceName peer) {
        TaggedPair pair = pairs.get(link.name());
        Integer vlan = pair == null ? null : (Integer) pair.vlan();
        Integer vni = null;
        IpAddress local = null;
        InterfaceName parent = pair == null ? null : pair.trunk();
        switch (link.kind()) {
            case Link.Kind.Vlan kind -> {
                vlan = kind.vlan().value();
                parent = nameOf(kind.device());
            }
            case Link.Kind.Vxlan kind -> {
                vni = kind.vni().value();
                local = kind.local();
                parent = nameOf(kind.device());
            }
            case Link.Kind.Bridge _, Link.Kind.Veth _, Link.Kind.Other _ -> {}
        }
        return new Device(
                link.name().value(),
                kind(link, port != null, pair != null),
                link.mac(),
                link.mtu(),
                link.up(),
                text(masterOf(link)),
                text(parent),
                vlan,
                vni,
                local,
                port,
                addresses.getOrDefault(link.name(), List.of()).stream()
                        .limit(HostWiring.MOST_ADDRESSES)
                        .toList(),
                text(peer));
    }

    private @Nullable InterfaceName nameOf(int index) {
        Link link = byIndex.get(index);
        return index == 0 || link == null ? null : link.name();
    }

    private static @Nullable String text(@Nullable InterfaceName name) {
        return name == null ? null : name.value();
    }

    private static String kind(Link link, boolean ofPort, boolean tagged) {
        return switch (link.kind()) {
            case Link.Kind.Bridge _ -> "bridge";
            case Link.Kind.Vlan _ -> "vlan";
            case Link.Kind.Vxlan _ -> "vxlan";
            // A pair that stands in for a VLAN device; a guest's interface, whatever the compute service makes it of.
            case Link.Kind.Veth _ -> tagged ? "vlan" : ofPort ? "tap" : "veth";
            case Link.Kind.Other other ->
                ofPort || other.name().equals("tun") ? "tap" : other.name().isEmpty() ? "physical" : other.name();
        };
    }
}
