package io.isospin.linux;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.VlanId;
import io.isospin.linux.bpf.Bpf;
import io.isospin.linux.bpf.TagPrograms;
import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.kernel.Observed.TaggedPair;
import io.isospin.linux.kernel.Operation.CreateTaggedPair;
import io.isospin.linux.libc.Errno;
import io.isospin.linux.libc.Fd;
import io.isospin.linux.netlink.Ack;
import io.isospin.linux.netlink.FilterMessages;
import io.isospin.linux.netlink.FilterMessages.Filter;
import io.isospin.linux.netlink.LinkReader;
import io.isospin.linux.netlink.LinkRequests;
import io.isospin.linux.netlink.NetlinkSession;
import io.isospin.linux.sysctl.Sysctl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * VLAN devices where there is no 8021q. For {@code eth2.200} on {@code eth2}: a veth pair whose inner end has that
 * name and whose outer end is named after it; one eBPF program on the ingress of eth2 for all of its VLANs, with a map
 * from VLAN to outer end; and one program on the outer end that tags and sends to eth2.
 *
 * <p>Nothing is kept in this process or on disk: the outer end's alias says what it is for, a filter's name what its
 * program does, and the map is reached through the trunk's program. So a restarted agent finds everything.
 */
final class TaggedPairs {
    private static final int MAX_VLANS = 4096;
    /** Only the inner end's MTU shall count, as with a VLAN device; a veth end takes in no more than its own. */
    private static final int ANY_MTU = 65_535;

    private static final String POP = "isospin pop";
    private static final Pattern ALIAS = Pattern.compile("isospin VLAN (\\d+) on (\\S+) for (\\S+)");

    private final NetlinkSession session;
    private final NetworkNamespace namespace;

    TaggedPairs(NetlinkSession session, NetworkNamespace namespace) {
        this.session = session;
        this.namespace = namespace;
    }

    private static String alias(InterfaceName name, InterfaceName trunk, VlanId vlan) {
        return "isospin VLAN " + vlan + " on " + trunk + " for " + name;
    }

    private static String push(int vlan, int trunk) {
        return "isospin push " + vlan + " to " + trunk;
    }

    /** What an outer end's alias says; its programs are not looked at. */
    private static @Nullable TaggedPair claimed(Link outer) {
        Matcher alias = ALIAS.matcher(outer.alias());
        return outer.kind() instanceof Link.Kind.Veth && alias.matches()
                ? new TaggedPair(
                        new InterfaceName(alias.group(3)),
                        new InterfaceName(alias.group(2)),
                        Integer.parseInt(alias.group(1)))
                : null;
    }

    /** The pairs among {@code links} that are complete. */
    static Set<TaggedPair> find(NetlinkSession session, Map<InterfaceName, Link> links) {
        record Candidate(TaggedPair pair, Link outer, Link trunk) {}
        var candidates = new ArrayList<Candidate>();
        for (Link outer : links.values()) {
            TaggedPair pair = claimed(outer);
            if (pair != null) {
                Link inner = links.get(pair.device());
                Link trunk = links.get(pair.trunk());
                if (inner != null && trunk != null && inner.index() == outer.peer() && outer.up()) {
                    candidates.add(new Candidate(pair, outer, trunk));
                }
            }
        }
        if (candidates.isEmpty()) {
            return Set.of();
        }
        List<Integer> outers = candidates.stream().map(c -> c.outer().index()).toList();
        List<Optional<Filter>> filters = FilterMessages.onIngress(session, outers);
        var complete = new HashSet<TaggedPair>();
        var maps = new HashMap<Integer, Optional<Fd>>();
        try {
            for (int i = 0; i < candidates.size(); i++) {
                Candidate c = candidates.get(i);
                Optional<Fd> map = maps.computeIfAbsent(c.trunk().index(), trunk -> trunkMap(session, trunk));
                String wanted = push(c.pair().vlan(), c.trunk().index());
                boolean pushes =
                        filters.get(i).filter(f -> f.name().equals(wanted)).isPresent();
                boolean pops = map.filter(m -> Bpf.get(m, c.pair().vlan()).orElse(0)
                                == c.outer().index())
                        .isPresent();
                if (pushes && pops) {
                    complete.add(c.pair());
                }
            }
        } finally {
            maps.values().forEach(map -> map.ifPresent(Fd::close));
        }
        return complete;
    }

    /** The trunk's map from VLAN to outer end; empty where the trunk has no program. */
    static Optional<Fd> trunkMap(NetlinkSession session, int trunk) {
        return FilterMessages.onIngress(session, List.of(trunk))
                .getFirst()
                .filter(filter -> filter.name().equals(POP))
                .map(filter -> Bpf.mapOf(filter.program()));
    }

    /** Makes what is missing of the pair and leaves what is right; answers its outer end. */
    Link create(CreateTaggedPair wanted) {
        InterfaceName outerName = CreateTaggedPair.outerEnd(wanted.name());
        Link trunk = link(wanted.trunk())
                .orElseThrow(() -> new KernelException("there is no device " + wanted.trunk(), Errno.ENODEV));
        Optional<Link> inner = link(wanted.name());
        Optional<Link> outer = link(outerName);
        boolean ours = outer.isPresent()
                && inner.isPresent()
                && inner.get().peer() == outer.get().index();
        if (inner.isPresent() && !ours) {
            throw new KernelException(wanted.name() + " exists already and is no such pair", Errno.EEXIST);
        }
        boolean made = !ours;
        if (made) {
            if (outer.isPresent()) {
                session.transact(LinkRequests.delete(outerName)).check("deleting the remains of a pair, " + outerName);
            }
            session.transact(LinkRequests.createVeth(wanted.name(), outerName, -1, null, wanted.mtu()))
                    .check("creating the veth pair " + wanted.name());
        } else {
            forget(
                    outer.get(),
                    new TaggedPair(wanted.name(), wanted.trunk(), wanted.vlan().value()));
        }
        try {
            return complete(wanted, outerName, trunk);
        } catch (KernelException e) {
            if (made) {
                session.transact(LinkRequests.delete(wanted.name())).check("taking back " + wanted.name());
            }
            throw e;
        }
    }

    private Link complete(CreateTaggedPair wanted, InterfaceName outerName, Link trunk) {
        Link outer = link(outerName)
                .orElseThrow(() -> new KernelException(outerName + " went while it was set up", Errno.ENODEV));
        String alias = alias(wanted.name(), wanted.trunk(), wanted.vlan());
        if (!outer.alias().equals(alias)) {
            session.transact(LinkRequests.setAlias(outerName, alias)).check("setting the alias of " + outerName);
        }
        if (outer.mtu() != ANY_MTU) {
            session.transact(LinkRequests.setMtu(outerName, ANY_MTU)).check("setting the MTU of " + outerName);
        }
        String push = push(wanted.vlan().value(), trunk.index());
        if (FilterMessages.onIngress(session, List.of(outer.index()))
                .getFirst()
                .filter(filter -> filter.name().equals(push))
                .isEmpty()) {
            try (Fd program = TagPrograms.push(wanted.vlan(), trunk.index())) {
                attach(outer.index(), program, push, outerName);
            }
        }
        try (Fd map = trunkMap(session, trunk.index()).orElseGet(() -> equip(trunk))) {
            if (Bpf.get(map, wanted.vlan().value()).orElse(0) != outer.index()) {
                Bpf.put(map, wanted.vlan().value(), outer.index());
            }
        }
        // A bridge makes its ports promiscuous, and a VLAN device hands that on to its trunk; here nothing does.
        session.transact(LinkRequests.setPromiscuous(wanted.trunk()))
                .check("making " + wanted.trunk() + " take in frames for others");
        if (!outer.up()) {
            quieten(outerName);
            session.transact(LinkRequests.setUp(outerName, true)).check("setting " + outerName + " up");
        }
        return link(outerName).orElse(outer); // with the alias that it was given
    }

    /** What the outer end itself would say (router solicitations, multicast reports) would be heard in the network. */
    private void quieten(InterfaceName outerName) {
        String key = "net/ipv6/conf/" + outerName + "/disable_ipv6";
        namespace.call(() -> {
            boolean hasIpv6 = Sysctl.read(key).isPresent();
            if (hasIpv6) {
                Sysctl.write(key, "1");
            }
            return hasIpv6;
        });
    }

    private Fd equip(Link trunk) {
        Fd map = Bpf.createMap("isospin_vlans", MAX_VLANS);
        try (Fd program = TagPrograms.pop(map)) {
            attach(trunk.index(), program, POP, trunk.name());
            return map;
        } catch (RuntimeException e) {
            map.close();
            throw e;
        }
    }

    private void attach(int device, Fd program, String name, InterfaceName deviceName) {
        Ack clsact = session.transact(FilterMessages.createClsact(device));
        if (clsact.errno() != Errno.EEXIST) {
            clsact.check("giving " + deviceName + " a clsact queueing discipline");
        }
        session.transact(FilterMessages.attach(device, program.number(), name))
                .check("attaching an eBPF program to " + deviceName);
    }

    /** Takes the pair of an outer end that is about to go out of its trunk's map. */
    void forget(Link outer) {
        forget(outer, null);
    }

    private void forget(Link outer, @Nullable TaggedPair unless) {
        TaggedPair pair = claimed(outer);
        if (pair == null || pair.equals(unless)) {
            return;
        }
        link(pair.trunk()).flatMap(trunk -> trunkMap(session, trunk.index())).ifPresent(open -> {
            try (Fd map = open) {
                if (Bpf.get(map, pair.vlan()).orElse(0) == outer.index()) {
                    Bpf.remove(map, pair.vlan());
                }
            }
        });
    }

    private Optional<Link> link(InterfaceName name) {
        return LinkReader.named(session, List.of(name)).getFirst();
    }
}
