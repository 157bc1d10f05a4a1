package io.isospin.agent.wiring;

import io.isospin.agent.l2.L2Turn;
import io.isospin.agent.l2.Uplink;
import io.isospin.agent.l2.Wiring;
import io.isospin.core.host.HostWiring;
import io.isospin.core.host.HostWiring.Device;
import io.isospin.core.host.HostWiring.Namespace;
import io.isospin.core.host.HostWiring.Part;
import io.isospin.core.host.HostWiring.Service;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.ResourceId;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.kernel.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A host's devices by network, out of what was seen last: a pure function. Each device is in one part. */
final class Parts {
    /** What belongs to one network, or to none. */
    private static final class Gathered {
        final List<Device> devices = new ArrayList<>();
        final List<Namespace> namespaces = new ArrayList<>();
        final Differences differences = new Differences();
    }

    private final Map<Optional<ResourceId>, Gathered> gathered = new HashMap<>();
    private final Map<InterfaceName, ResourceId> networks = new HashMap<>();
    private final Map<InterfaceName, ResourceId> ports = new HashMap<>();

    private Parts() {}

    /**
     * By network; empty for what belongs to none.
     *
     * @param root the last turn in the root namespace; null where this agent makes nothing there
     * @param inside networks' namespaces
     * @param metadata where metadata should be served: why it is not, or an empty text where it is
     */
    static Map<Optional<ResourceId>, Part> of(
            @Nullable L2Turn root, String host, Map<ResourceId, Inside> inside, Map<ResourceId, String> metadata) {
        var parts = new Parts();
        Devices devices = new Devices(root == null ? Observed.of(List.of()) : root.observed());
        if (root != null) {
            root.wiring().networks().forEach(parts::own);
            parts.root(devices);
            Differences.of(root, host, parts.networks)
                    .forEach((network, sentences) -> sentences.forEach(
                            sentence -> parts.of(network).differences.add(sentence)));
        }
        new TreeMap<>(inside).forEach((network, seen) -> parts.inside(network, seen, metadata.get(network), devices));
        var all = new HashMap<Optional<ResourceId>, Part>();
        parts.gathered.forEach((network, each) -> all.put(network, part(network, each)));
        return all;
    }

    private static Part part(Optional<ResourceId> network, Gathered each) {
        int most = HostWiring.MOST_DEVICES;
        if (each.devices.size() > most) {
            each.differences.add((each.devices.size() - most) + " more interfaces are not listed");
        }
        return new Part(
                network.orElse(null),
                each.devices.stream().limit(most).toList(),
                each.namespaces,
                each.differences.sentences());
    }

    private Gathered of(Optional<ResourceId> network) {
        return gathered.computeIfAbsent(network, absent -> new Gathered());
    }

    private void own(Wiring.Wired wired) {
        ResourceId network = wired.network().id();
        Set<InterfaceName> names = new LinkedHashSet<>(List.of(wired.bridge()));
        switch (wired.uplink()) {
            case Uplink.Flat flat -> names.add(flat.device());
            case Uplink.Tunnel tunnel -> names.add(tunnel.device());
            case Uplink.Tagged tagged -> {
                names.add(tagged.device());
                names.add(Operation.CreateTaggedPair.outerEnd(tagged.device()));
            }
            case Uplink.Missing _ -> {}
        }
        for (Map<ResourceId, InterfaceName> taps : List.of(wired.taps(), wired.parked())) {
            names.addAll(taps.values());
            taps.forEach((port, tap) -> ports.put(tap, port));
        }
        names.forEach(name -> networks.put(name, network));
    }

    private void root(Devices devices) {
        for (Link link : devices.links()) {
            InterfaceName master = devices.masterOf(link);
            if (master != null && networks.containsKey(master)) {
                networks.putIfAbsent(link.name(), networks.get(master));
            }
            of(Optional.ofNullable(networks.get(link.name())))
                    .devices
                    .add(devices.device(link, ports.get(link.name()), null));
        }
    }

    private void inside(ResourceId network, Inside seen, @Nullable String metadata, Devices root) {
        Gathered into = of(Optional.of(network));
        if (!seen.trouble().isEmpty()) {
            into.differences.add(seen.trouble());
        }
        if (metadata != null && !metadata.isEmpty()) {
            into.differences.add("metadata is not served in " + seen.namespace() + ": " + metadata);
        }
        if (seen.observed() == null) {
            return;
        }
        var devices = new Devices(seen.observed());
        var listed = new ArrayList<Device>();
        for (Link link : devices.links()) {
            Link peer = link.peer() == 0 ? null : root.byIndex(link.peer());
            listed.add(devices.device(link, null, peer == null ? null : peer.name()));
        }
        var services = new ArrayList<>(List.of(new Service("dnsmasq", seen.dnsmasq())));
        if (metadata != null) {
            services.add(new Service("metadata", metadata.isEmpty()));
        }
        into.namespaces.add(new Namespace(
                seen.namespace(), listed.stream().limit(HostWiring.MOST_DEVICES).toList(), services));
    }
}
