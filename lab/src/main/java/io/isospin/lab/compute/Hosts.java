package io.isospin.lab.compute;

import io.isospin.lab.http.Json;
import io.isospin.lab.shelf.Kept;
import io.isospin.lab.shelf.Shelf;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The compute hosts, by name, and which of them an administrator has taken out of service. */
final class Hosts {
    /** A host that gets no new instances; {@code reason} is what the administrator said. */
    private record Disabled(String host, Optional<String> reason) {}

    private final List<String> names;
    private final Map<String, String> addresses;
    private final Kept<Disabled> disabled;
    private final Aggregates aggregates;

    Hosts(Map<String, String> addresses, Shelf shelf) {
        this.addresses = Map.copyOf(addresses);
        this.names = addresses.keySet().stream().sorted().toList();
        this.aggregates = new Aggregates(shelf);
        this.disabled = new Kept<>(
                shelf,
                "disabled-services",
                Disabled::host,
                one -> Json.object()
                        .put("host", one.host())
                        .put("reason", one.reason().orElse(null)),
                node -> new Disabled(
                        node.path("host").asString(""),
                        Optional.ofNullable(node.path("reason").stringValue(null))));
    }

    List<String> names() {
        return names;
    }

    Aggregates aggregates() {
        return aggregates;
    }

    /** The availability zone that a host is in. */
    String zone(String name) {
        return aggregates.zone(name);
    }

    /** The zones that have hosts. */
    List<String> zones() {
        return names.stream().map(this::zone).distinct().sorted().toList();
    }

    boolean contains(String name) {
        return names.contains(name);
    }

    /** The management address. */
    String address(String name) {
        return addresses.getOrDefault(name, "");
    }

    boolean enabled(String name) {
        return disabled.find(name).isEmpty();
    }

    Optional<String> disabledReason(String name) {
        return disabled.find(name).flatMap(Disabled::reason);
    }

    void disable(String name, Optional<String> reason) {
        disabled.put(new Disabled(name, reason));
    }

    void enable(String name) {
        disabled.remove(name);
    }
}
