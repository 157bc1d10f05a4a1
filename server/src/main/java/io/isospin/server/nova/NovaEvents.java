package io.isospin.server.nova;

import static io.isospin.server.api.Documents.text;

import io.isospin.server.store.Logged;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which events a port's change is for Nova. Only ports of its instances are, by owner and a UUID as device. */
final class NovaEvents {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private NovaEvents() {}

    /** {@code now}: the port as it is, where it still is. */
    static List<ObjectNode> of(Logged change, Optional<ObjectNode> now) {
        var port = now.orElse(change.detail());
        if (!text(port, "device_owner").startsWith("compute:")
                || !UUID.matcher(text(port, "device_id")).matches()) {
            return List.of();
        }
        if (change.kind() == Logged.Kind.DELETE) {
            return List.of(event(port, "network-vif-deleted", change.id()));
        }
        var events = new ArrayList<ObjectNode>();
        String before = text(change.detail(), "status");
        String status = text(port, "status");
        if (!before.isEmpty() && status.equals("ACTIVE")) {
            events.add(event(port, "network-vif-plugged", change.id()).put("status", "completed"));
        } else if (before.equals("ACTIVE")) {
            events.add(event(port, "network-vif-unplugged", change.id()).put("status", "completed"));
        }
        if (change.kind() == Logged.Kind.UPDATE && change.detail().has("fixed_ips")) {
            events.add(event(port, "network-changed", change.id()));
        }
        return events;
    }

    private static ObjectNode event(ObjectNode port, String name, String tag) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("server_uuid", text(port, "device_id"))
                .put("name", name)
                .put("tag", tag);
    }
}
