package io.isospin.lab.compute;

import io.isospin.lab.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Hosts that belong together. One whose metadata says {@code availability_zone} makes its hosts that zone. */
record Aggregate(
        int id,
        String name,
        List<String> hosts,
        Map<String, String> metadata,
        Instant created,
        Optional<Instant> updated) {
    static final String ZONE = "availability_zone";

    Optional<String> zone() {
        return Optional.ofNullable(metadata.get(ZONE));
    }

    Aggregate named(String to, Instant now) {
        return new Aggregate(id, to, hosts, metadata, created, Optional.of(now));
    }

    Aggregate with(String host, Instant now) {
        return new Aggregate(
                id, name, Stream.concat(hosts.stream(), Stream.of(host)).toList(), metadata, created, Optional.of(now));
    }

    Aggregate without(String host, Instant now) {
        return new Aggregate(
                id,
                name,
                hosts.stream().filter(other -> !other.equals(host)).toList(),
                metadata,
                created,
                Optional.of(now));
    }

    Aggregate metadata(Map<String, String> to, Instant now) {
        return new Aggregate(id, name, hosts, Map.copyOf(to), created, Optional.of(now));
    }

    ObjectNode json() {
        var node = Json.object()
                .put("id", id)
                .put("name", name)
                .put("created", created.toString())
                .put("updated", updated.map(Instant::toString).orElse(null));
        node.set("hosts", Json.strings(hosts));
        node.set("metadata", Json.map(metadata));
        return node;
    }

    static Aggregate read(JsonNode node) {
        var metadata = new TreeMap<String, String>();
        node.path("metadata")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asString("")));
        return new Aggregate(
                node.path("id").asInt(0),
                node.path("name").asString(""),
                node.path("hosts").valueStream().map(host -> host.asString("")).toList(),
                metadata,
                Instant.parse(node.path("created").asString("")),
                Optional.ofNullable(node.path("updated").stringValue(null)).map(Instant::parse));
    }

    ObjectNode shown(Microversion version) {
        var node = Json.object()
                .put("id", id)
                .put("name", name)
                .put("availability_zone", zone().orElse(null))
                .put("created_at", time(created))
                .put("updated_at", updated.map(Aggregate::time).orElse(null))
                .put("deleted", false)
                .putNull("deleted_at");
        node.set("hosts", Json.strings(hosts));
        node.set("metadata", Json.map(metadata));
        if (version.from(41)) {
            node.put(
                    "uuid",
                    UUID.nameUUIDFromBytes(("isospin-lab/aggregate/" + id).getBytes(StandardCharsets.UTF_8))
                            .toString());
        }
        return node;
    }

    private static String time(Instant time) {
        return time.toString().replace("Z", ".000000");
    }
}
