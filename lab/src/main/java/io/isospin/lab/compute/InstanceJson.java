package io.isospin.lab.compute;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.Instance.Fault;
import io.isospin.lab.compute.Instance.Label;
import io.isospin.lab.compute.Instance.Lock;
import io.isospin.lab.compute.Instance.Order;
import io.isospin.lab.compute.instance.GuestSettings;
import io.isospin.lab.compute.instance.Vif;
import io.isospin.lab.http.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Instances as the documents that they are kept as. */
final class InstanceJson {
    private InstanceJson() {}

    static ObjectNode write(Instance instance) {
        var node = Json.object()
                .put("id", instance.id().value())
                .put("number", instance.number())
                .put("host", instance.host())
                .put("zone", instance.zone())
                .put("state", instance.state().name())
                .put("task", instance.task().orElse(null))
                .put("created", instance.created().toString())
                .put("updated", instance.updated().toString())
                .put("launched", instance.launched().map(Instant::toString).orElse(null));
        node.set("order", write(instance.order()));
        node.set("label", write(instance.label()));
        node.set(
                "vifs",
                Json.array(instance.vifs().stream().map(InstanceJson::write).toList()));
        instance.fault()
                .ifPresent(fault -> node.putObject("fault")
                        .put("code", fault.code())
                        .put("message", fault.message())
                        .put("details", fault.details())
                        .put("created", fault.created().toString()));
        return node;
    }

    private static ObjectNode write(Order order) {
        var node = Json.object()
                .put("project", order.projectId())
                .put("user", order.userId())
                .put("image", order.image())
                .put("user_data", order.userData().orElse(null))
                .put("config_drive", order.configDrive())
                .put("reservation", order.reservation())
                .put("launch_index", order.launchIndex());
        node.set("image_properties", Json.map(order.imageProperties()));
        node.set("flavor", order.flavor().json());
        order.key()
                .ifPresent(key -> node.putObject("key").put("name", key.name()).put("public_key", key.publicKey()));
        return node;
    }

    private static ObjectNode write(Label label) {
        var node = Json.object()
                .put("name", label.name())
                .put("hostname", label.hostname())
                .put("description", label.description().orElse(null));
        node.set("metadata", Json.map(label.metadata()));
        node.set("tags", Json.strings(label.tags()));
        node.set("device_tags", Json.map(label.deviceTags()));
        label.lock()
                .ifPresent(lock ->
                        node.putObject("lock").put("reason", lock.reason().orElse(null)));
        return node;
    }

    /** Throws IllegalArgumentException where the document is none of an instance. */
    static Instance read(JsonNode node) {
        var fault = node.path("fault");
        return new Instance(
                new ResourceId(text(node, "id")),
                node.path("number").asInt(0),
                readOrder(node.path("order")),
                readLabel(node.path("label")),
                text(node, "host"),
                // Those of an older lab had but one.
                node.path("zone").asString(text(node, "host").isEmpty() ? "" : Placement.ZONE),
                Instance.State.valueOf(text(node, "state")),
                optional(node, "task"),
                node.path("vifs").valueStream().map(InstanceJson::readVif).toList(),
                fault.isObject()
                        ? Optional.of(new Fault(
                                fault.path("code").asInt(500),
                                text(fault, "message"),
                                text(fault, "details"),
                                time(text(fault, "created"))))
                        : Optional.empty(),
                time(text(node, "created")),
                time(text(node, "updated")),
                optional(node, "launched").map(InstanceJson::time));
    }

    private static Order readOrder(JsonNode node) {
        var key = node.path("key");
        return new Order(
                text(node, "project"),
                text(node, "user"),
                text(node, "image"),
                map(node.path("image_properties")),
                Flavor.read(node.path("flavor")),
                key.isObject()
                        ? Optional.of(new GuestSettings.Key(text(key, "name"), text(key, "public_key")))
                        : Optional.empty(),
                optional(node, "user_data"),
                node.path("config_drive").asBoolean(false),
                text(node, "reservation"),
                node.path("launch_index").asInt(0));
    }

    private static Label readLabel(JsonNode node) {
        return new Label(
                text(node, "name"),
                text(node, "hostname"),
                optional(node, "description"),
                map(node.path("metadata")),
                node.path("tags").valueStream().map(JsonNode::asString).toList(),
                map(node.path("device_tags")),
                node.path("lock").isObject()
                        ? Optional.of(new Lock(optional(node.path("lock"), "reason")))
                        : Optional.empty());
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

    static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no time", e);
        }
    }

    private static Map<String, String> map(JsonNode node) {
        var map = new LinkedHashMap<String, String>();
        node.propertyStream().forEach(e -> map.put(e.getKey(), e.getValue().asString("")));
        return Map.copyOf(map);
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }

    private static Optional<String> optional(JsonNode node, String key) {
        return node.path(key).isString() ? Optional.of(text(node, key)) : Optional.empty();
    }
}
