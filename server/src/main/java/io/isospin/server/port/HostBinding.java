package io.isospin.server.port;

import static io.isospin.core.schema.Segmentation.PORT_BINDING;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.ResourceId;
import io.isospin.server.store.Change;
import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A binding of a port to a host. The active one is the port's own, in its document; the others wait beside it, as the
 * one for the host that an instance migrates to.
 */
public record HostBinding(ObjectNode document) {
    private static final List<String> SHOWN =
            List.of("host", "vif_type", "vnic_type", "status", "profile", "vif_details");

    static HostBinding active(ObjectNode port) {
        var binding = JsonNodeFactory.instance
                .objectNode()
                .put("host", text(port, "binding:host_id"))
                .put("status", "ACTIVE");
        for (var name : List.of("vif_type", "vnic_type", "profile", "vif_details")) {
            binding.set(name, port.path("binding:" + name));
        }
        return new HostBinding(binding);
    }

    static List<HostBinding> inactive(View view, String port) {
        return view.list(PORT_BINDING, Query.where(is("port_id", port))).stream()
                .map(HostBinding::new)
                .toList();
    }

    static Optional<HostBinding> inactive(View view, String port, String host) {
        return view.list(PORT_BINDING, Query.where(is("port_id", port), is("host", host))).stream()
                .map(HostBinding::new)
                .findFirst();
    }

    /** The ports of a network that are bound to more hosts than the one they live on, by id, with those hosts. */
    public static Map<String, Set<String>> standby(View view, String network) {
        return view.list(PORT_BINDING, Query.where(is("network_id", network), is("vif_type", Binding.BRIDGE))).stream()
                .collect(Collectors.groupingBy(
                        binding -> text(binding, "port_id"),
                        Collectors.mapping(binding -> text(binding, "host"), Collectors.toSet())));
    }

    private static Condition is(String attribute, String value) {
        return new Condition.In(PORT_BINDING.attribute(attribute).orElseThrow(), List.of(StringNode.valueOf(value)));
    }

    /** The binding of a port as its values bind it, waiting to be the active one. */
    static HostBinding waiting(ObjectNode port) {
        var binding = active(port).document();
        binding.put("id", ResourceId.random().value())
                .put("port_id", id(port))
                .put("network_id", text(port, "network_id"))
                .put("status", "INACTIVE");
        return new HostBinding(binding);
    }

    String host() {
        return text(document, "host");
    }

    /** What a port's document says of this binding as its active one. */
    ObjectNode asPort() {
        var values = JsonNodeFactory.instance.objectNode().put("binding:host_id", host());
        for (var name : List.of("vif_type", "vnic_type", "profile", "vif_details")) {
            values.set("binding:" + name, document.path(name));
        }
        return values;
    }

    ObjectNode shown(List<String> fields) {
        var out = JsonNodeFactory.instance.objectNode();
        for (var name : SHOWN) {
            if (fields.isEmpty() || fields.contains(name)) {
                out.set(name, document.path(name));
            }
        }
        return out;
    }

    boolean matches(String attribute, List<String> values) {
        JsonNode value = document.path(attribute);
        return values.isEmpty() || values.contains(value.asString(""));
    }

    Change added() {
        return new Change.Insert(PORT_BINDING, document);
    }

    Change replaced(HostBinding after) {
        var next = after.document().deepCopy().put("id", id(document));
        return new Change.Update(PORT_BINDING, next, Map.of("host", document.path("host")));
    }

    Change removed() {
        return new Change.Delete(PORT_BINDING, document);
    }
}
