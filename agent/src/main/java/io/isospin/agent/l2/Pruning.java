package io.isospin.agent.l2;

import io.isospin.agent.config.LinuxBridgeConfig;
import io.isospin.agent.plan.DevicePlan;
import io.isospin.core.net.InterfaceName;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.Observed.Address;
import io.isospin.linux.kernel.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Removes what nothing wants any more, among the devices that an agent makes: taps leave our bridges, uplinks and
 * bridges go. A bridge that has anything else in it stays, with its uplink: the compute service makes bridges and taps
 * before the feed tells of them, and other people's interfaces are theirs.
 */
final class Pruning {
    private final LinuxBridgeConfig config;
    private final Set<InterfaceName> wanted;
    private final DevicePlan plan;
    private final Predicate<InterfaceName> mayGo;
    private final Set<InterfaceName> unwanted = new TreeSet<>();
    private final Set<InterfaceName> doomed = new TreeSet<>();
    private final Map<Integer, List<Link>> members = new HashMap<>();
    private final Set<InterfaceName> withAddress = new HashSet<>();

    Pruning(LinuxBridgeConfig config, Wiring wiring, DevicePlan plan, Predicate<InterfaceName> mayGo) {
        this.config = config;
        this.wanted = wiring.devices();
        this.plan = plan;
        this.mayGo = mayGo;
        plan.observed().addresses().stream().map(Address::device).forEach(withAddress::add);
    }

    Set<InterfaceName> unwanted() {
        return unwanted;
    }

    Set<InterfaceName> doomedBridges() {
        return doomed;
    }

    void plan() {
        var bridges = new ArrayList<Link>();
        for (Link link : plan.observed().links().values()) {
            members.computeIfAbsent(link.master(), absent -> new ArrayList<>()).add(link);
            if (Names.isTap(link.name()) && !wanted.contains(link.name())) {
                unwanted.add(link.name()); // wherever it is; only out of our own bridges is it taken
            }
            if (link.kind() instanceof Link.Kind.Bridge && Names.isBridge(link.name())) {
                bridges.add(link);
            } else if (link.master() == 0 && isAbandoned(link)) {
                remove(link);
            }
        }
        for (Link bridge : bridges) {
            boolean keep = wanted.contains(bridge.name()) || !mayEmpty(bridge);
            for (Link member : membersOf(bridge)) {
                if (isLeaving(member) && !(keep && isUplinkOfUnwanted(bridge, member))) {
                    remove(member);
                }
            }
            if (!keep) {
                doomed.add(bridge.name());
            }
        }
    }

    /** Last, when addresses have left them. */
    void deleteBridges() {
        doomed.forEach(name -> plan.add(new Operation.DeleteLink(name)));
    }

    private boolean mayEmpty(Link bridge) {
        unwanted.add(bridge.name());
        return mayGo.test(bridge.name())
                && membersOf(bridge).stream()
                        .allMatch(member ->
                                wanted.contains(member.name()) || (isOurs(member) && mayGo.test(member.name())));
    }

    // A tap may leave a bridge that stays; the bridge's uplink stays as long as the bridge does.
    private boolean isUplinkOfUnwanted(Link bridge, Link member) {
        return !wanted.contains(bridge.name()) && !Names.isTap(member.name());
    }

    private List<Link> membersOf(Link bridge) {
        return members.getOrDefault(bridge.index(), List.of());
    }

    private boolean isOurs(Link link) {
        return Names.isTap(link.name()) || isUplink(link);
    }

    private boolean isUplink(Link link) {
        return config.mappings().containsValue(link.name())
                || (Names.isTunnel(link.name()) && link.kind() instanceof Link.Kind.Vxlan)
                || isTagged(link);
    }

    private boolean isTagged(Link link) {
        return Names.isTagged(link.name(), config.mappings().values())
                && (link.kind() instanceof Link.Kind.Vlan || link.kind() instanceof Link.Kind.Veth);
    }

    /** Our own device outside of any bridge. One with an address serves someone else. */
    private boolean isAbandoned(Link link) {
        boolean device = (Names.isTunnel(link.name()) && link.kind() instanceof Link.Kind.Vxlan)
                || plan.observed().taggedPairs().stream()
                        .anyMatch(pair -> pair.device().equals(link.name()));
        return device && !withAddress.contains(link.name()) && isLeaving(link);
    }

    private boolean isLeaving(Link link) {
        if (wanted.contains(link.name()) || !isOurs(link)) {
            return false;
        }
        unwanted.add(link.name());
        return mayGo.test(link.name());
    }

    private void remove(Link link) {
        boolean ownedByOthers = Names.isTap(link.name()) || config.mappings().containsValue(link.name());
        plan.add(ownedByOthers ? new Operation.SetMaster(link.name(), null) : new Operation.DeleteLink(link.name()));
    }
}
