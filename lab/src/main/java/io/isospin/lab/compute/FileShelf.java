package io.isospin.lab.compute;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.instance.Vif;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A file of JSON for each instance. A file that cannot be read is told of and passed over. */
public final class FileShelf implements Shelf {
    private static final System.Logger LOG = System.getLogger(FileShelf.class.getName());

    private final Path directory;

    public FileShelf(Path directory) {
        this.directory = directory;
    }

    @Override
    public void put(Instance instance) {
        try {
            Files.createDirectories(directory);
            Path temporary = directory.resolve(instance.id() + ".new");
            Files.writeString(temporary, Json.pretty(write(instance)));
            Files.move(temporary, file(instance.id()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("keeping server " + instance.id() + " in " + directory, e);
        }
    }

    @Override
    public void remove(ResourceId id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            throw new UncheckedIOException("forgetting server " + id + " in " + directory, e);
        }
    }

    @Override
    public List<Instance> all() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("listing the servers kept in " + directory, e);
        }
    }

    private Path file(ResourceId id) {
        return directory.resolve(id + ".json");
    }

    private static Optional<Instance> read(Path file) {
        try {
            return Optional.of(read(Json.parse(Files.readString(file))));
        } catch (IOException | Refusal | IllegalArgumentException e) {
            LOG.log(Level.WARNING, "the server kept in {0} is passed over: {1}", file, e.toString());
            return Optional.empty();
        }
    }

    static ObjectNode write(Instance instance) {
        var node = Json.object()
                .put("id", instance.id().value())
                .put("number", instance.number())
                .put("name", instance.name())
                .put("hostname", instance.hostname())
                .put("description", instance.description().orElse(null))
                .put("project", instance.projectId())
                .put("user", instance.userId())
                .put("image", instance.image())
                .put("flavor", instance.flavor().id())
                .put("reservation", instance.reservation())
                .put("launch_index", instance.launchIndex())
                .put("host", instance.host())
                .put("state", instance.state().name())
                .put("task", instance.task().orElse(null))
                .put("created", instance.created().toString())
                .put("updated", instance.updated().toString())
                .put("launched", instance.launched().map(Instant::toString).orElse(null));
        node.set("metadata", Json.map(instance.metadata()));
        node.set("tags", Json.strings(instance.tags()));
        node.set(
                "vifs",
                Json.array(instance.vifs().stream().map(FileShelf::write).toList()));
        instance.fault()
                .ifPresent(fault -> node.putObject("fault")
                        .put("code", fault.code())
                        .put("message", fault.message())
                        .put("details", fault.details())
                        .put("created", fault.created().toString()));
        return node;
    }

    static Instance read(JsonNode node) {
        Map<String, String> metadata = new LinkedHashMap<>();
        node.path("metadata")
                .propertyStream()
                .forEach(e -> metadata.put(e.getKey(), e.getValue().asString("")));
        var fault = node.path("fault");
        return new Instance(
                new ResourceId(text(node, "id")),
                node.path("number").asInt(0),
                text(node, "name"),
                text(node, "hostname"),
                optional(node, "description"),
                text(node, "project"),
                text(node, "user"),
                text(node, "image"),
                Flavor.find(text(node, "flavor")).orElse(Flavor.ALL.getFirst()),
                metadata,
                node.path("tags").valueStream().map(JsonNode::asString).toList(),
                text(node, "reservation"),
                node.path("launch_index").asInt(0),
                text(node, "host"),
                Instance.State.valueOf(text(node, "state")),
                optional(node, "task"),
                node.path("vifs").valueStream().map(FileShelf::readVif).toList(),
                fault.isObject()
                        ? Optional.of(new Instance.Fault(
                                fault.path("code").asInt(500),
                                text(fault, "message"),
                                text(fault, "details"),
                                time(text(fault, "created"))))
                        : Optional.empty(),
                time(text(node, "created")),
                time(text(node, "updated")),
                optional(node, "launched").map(FileShelf::time));
    }

    private static ObjectNode write(Vif vif) {
        var node = Json.object()
                .put("port", vif.port().value())
                .put("network", vif.network().value())
                .put("network_name", vif.networkName())
                .put("mac", vif.mac().toString())
                .put("mtu", vif.mtu())
                .put("owned", vif.owned());
        node.set(
                "addresses",
                Json.strings(vif.addresses().stream().map(IpAddress::toString).toList()));
        return node;
    }

    private static Vif readVif(JsonNode node) {
        return new Vif(
                new ResourceId(text(node, "port")),
                new ResourceId(text(node, "network")),
                text(node, "network_name"),
                MacAddress.parse(text(node, "mac")),
                node.path("addresses")
                        .valueStream()
                        .map(address -> IpAddress.parse(address.asString("")))
                        .toList(),
                node.path("mtu").asInt(1500),
                node.path("owned").asBoolean(true));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no time", e);
        }
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }

    private static Optional<String> optional(JsonNode node, String key) {
        return node.path(key).isString() ? Optional.of(text(node, key)) : Optional.empty();
    }
}
