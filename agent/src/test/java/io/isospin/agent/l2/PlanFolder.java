package io.isospin.agent.l2;

import io.isospin.agent.config.LinuxBridgeConfig;
import io.isospin.agent.mirror.HostView;
import io.isospin.agent.stub.Units;
import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.HostState;
import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.kernel.Observed.Address;
import io.isospin.linux.kernel.Observed.FdbEntry;
import io.isospin.linux.kernel.Observed.Route;
import io.isospin.linux.kernel.Observed.TaggedPair;
import io.isospin.linux.kernel.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a case. {@code current} has a device, address, route or fdb entry a line; {@code desired} a unit a line, by the
 * small numbers of {@link Units}; {@code option 8021q} and {@code option not-yet} (nothing may be removed) come first.
 */
final class PlanFolder {
    private static final LinuxBridgeConfig CONFIG = new LinuxBridgeConfig(
            Map.of("physnet2", new InterfaceName("eth2")), "ml2.ini:3", IpAddress.parse("172.18.0.101"), 8472, true);

    private final Map<InterfaceName, Link> links = new LinkedHashMap<>();
    private final Set<Address> addresses = new HashSet<>();
    private final List<Route> routes = new ArrayList<>();
    private final Set<FdbEntry> fdb = new HashSet<>();
    private final Set<TaggedPair> pairs = new HashSet<>();
    private final List<FeedMessage> messages = new ArrayList<>();
    private final Set<String> options = new HashSet<>();

    static String plan(String current, String desired) {
        var folder = new PlanFolder();
        current.lines().filter(line -> !line.isBlank()).forEach(folder::current);
        desired.lines().filter(line -> !line.isBlank()).forEach(folder::desired);
        var observed = new Observed(
                folder.links, folder.addresses, Set.copyOf(folder.routes), folder.fdb, Set.of(), folder.pairs);
        folder.messages.add(new FeedMessage.At("golden", 1));
        HostView view = HostView.of(HostState.EMPTY.with(folder.messages), true);
        boolean mayGo = !folder.options.contains("not-yet");
        var planner = new L2Planner("compute01", CONFIG, folder.options.contains("8021q"));
        var plan = planner.plan(view, observed, name -> mayGo);
        return Operation.dryRun(plan.operations());
    }

    private void current(String line) {
        String[] words = line.strip().split(" +");
        switch (words[0]) {
            case "address" -> {
                String[] parts = words[2].split("/");
                addresses.add(new Address(
                        new InterfaceName(words[1]), IpAddress.parse(parts[0]), Integer.parseInt(parts[1])));
            }
            case "route" ->
                routes.add(new Route(IpPrefix.parse(words[1]), IpAddress.parse(words[3]), new InterfaceName(words[5])));
            case "fdb" ->
                fdb.add(new FdbEntry(
                        new InterfaceName(words[1]), MacAddress.parse(words[2]), IpAddress.parse(words[3])));
            default -> device(List.of(words));
        }
    }

    /** {@code NAME KIND [up] [mtu N] [in BRIDGE]}. */
    private void device(List<String> words) {
        var name = new InterfaceName(words.getFirst());
        String kind = words.get(1);
        int bridge = words.indexOf("in");
        int mtu = words.indexOf("mtu");
        String number = name.value().replaceAll(".*[.-]", "");
        if (kind.equals("pair")) {
            pairs.add(new TaggedPair(name, new InterfaceName("eth2"), Integer.parseInt(number)));
        }
        Link.Kind its = switch (kind) {
            case "bridge" -> new Link.Kind.Bridge(false, 0);
            case "veth", "pair" -> new Link.Kind.Veth();
            case "vlan" -> new Link.Kind.Vlan(new VlanId(Integer.parseInt(number)), index("eth2"));
            case "vxlan" -> vxlan(number, "172.18.0.101");
            case "stranger-vxlan" -> vxlan(number, "10.0.0.1");
            default -> new Link.Kind.Other("");
        };
        links.put(
                name,
                new Link(
                        links.size() + 1,
                        name,
                        its,
                        Units.mac(links.size()),
                        mtu < 0 ? 1500 : Integer.parseInt(words.get(mtu + 1)),
                        words.contains("up"),
                        bridge < 0 ? 0 : index(words.get(bridge + 1)),
                        0,
                        ""));
    }

    private static Link.Kind vxlan(String vni, String local) {
        return new Link.Kind.Vxlan(new Vni(Integer.parseInt(vni)), IpAddress.parse(local), 0, 8472, false, false);
    }

    private int index(String name) {
        Link link = links.get(new InterfaceName(name));
        if (link == null) {
            throw new IllegalArgumentException("'current' must name " + name + " above");
        }
        return link.index();
    }

    private void desired(String line) {
        String[] words = line.strip().split(" +");
        if (words[0].equals("option")) {
            options.add(words[1]);
            return;
        }
        int id = Integer.parseInt(words[1]);
        messages.add(new FeedMessage.Put(
                switch (words[0]) {
                    case "flat" -> Units.network(id, Units.FLAT);
                    case "vlan" -> Units.network(id, Units.vlan(Integer.parseInt(words[2])));
                    case "vxlan" -> Units.network(id, Units.vxlan(Integer.parseInt(words[2])));
                    case "port" -> Units.port(id, Integer.parseInt(words[2]));
                    case "standby" -> Units.standby(id, Integer.parseInt(words[2]));
                    case "down-port" -> {
                        Unit.Port port = Units.port(id, Integer.parseInt(words[2]));
                        yield new Unit.Port(
                                port.id(),
                                port.network(),
                                port.mac(),
                                port.addresses(),
                                port.deviceOwner(),
                                false,
                                false);
                    }
                    case "peer" -> Units.peer(id, Integer.parseInt(words[2]), words[3]);
                    case "dhcp" -> Units.dhcp(id, Integer.parseInt(words[2]));
                    default -> throw new IllegalArgumentException("'desired' has no '" + words[0] + "'");
                }));
    }
}
