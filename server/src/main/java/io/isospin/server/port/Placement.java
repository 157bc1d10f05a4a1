package io.isospin.server.port;

import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.server.agent.Agents;
import io.isospin.server.api.Documents;
import io.isospin.server.network.Network;
import io.isospin.server.port.Addresses.Fixed;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What it comes to that a port is made on a host, or moves to another. */
public final class Placement {
    private final Binding binding;
    private final Provisioning provisioning;
    private final DnsNames names;

    public Placement(Agents agents, Provisioning provisioning, DnsNames names) {
        this.names = names;
        this.binding = new Binding(agents);
        this.provisioning = provisioning;
    }

    /** A port whose MAC and addresses are settled. */
    Decision<ObjectNode> created(View view, Network network, ObjectNode values, List<Fixed> chosen) {
        values.set("fixed_ips", Fixed.document(chosen));
        values.set("dns_assignment", names.assignments(values, chosen));
        values.put("status", "DOWN");
        values.putNull("data_plane_status");
        if (!values.has("ip_allocation")) {
            values.put("ip_allocation", "immediate");
        }
        binding.bind(view, values, network);
        var document = Documents.created(PORT, values, view.now());
        var changes = new ArrayList<Change>();
        changes.add(new Change.Claim(MacPool.pool(network.id().value()), text(document, "mac_address"), id(document)));
        chosen.forEach(fixed -> changes.add(Ports.claim(fixed, id(document))));
        changes.add(new Change.Insert(PORT, document));
        if (Binding.isBound(document)) {
            changes.addAll(provisioning.begin(view, document));
        }
        return new Decision<>(changes, document);
    }

    /** Binds anew where the host or the kind changes: adds to {@code values} what follows, and answers whether it did. */
    boolean moves(View view, Network network, ObjectNode current, ObjectNode values) {
        if (values.path("binding:host_id").isNull()) {
            values.put("binding:host_id", "");
        }
        boolean moves = values.has("binding:host_id")
                && !text(values, "binding:host_id").equals(text(current, "binding:host_id"));
        boolean retries = values.has("binding:host_id")
                && text(current, "binding:vif_type").equals("binding_failed");
        boolean otherKind = values.has("binding:vnic_type")
                && !text(values, "binding:vnic_type").equals(text(current, "binding:vnic_type"));
        if (!moves && !retries && !otherKind) {
            return false;
        }
        var merged = current.deepCopy();
        merged.setAll(values);
        binding.bind(view, merged, network);
        for (var name : List.of("binding:vif_type", "binding:vif_details")) {
            values.set(name, merged.path(name));
        }
        values.put("status", "DOWN");
        return true;
    }

    /** A port as {@code values} say, with what it then waits for. */
    List<Change> updated(View view, Network network, ObjectNode current, ObjectNode values) {
        var merged = current.deepCopy();
        merged.setAll(values);
        values.set("dns_assignment", names.assignments(merged, Fixed.of(merged.path("fixed_ips"))));
        boolean moves = moves(view, network, current, values);
        var changes = new ArrayList<>(Documents.updated(PORT, current, values, view.now()));
        if (moves) {
            changes.addAll(provisioning.begin(view, Documents.after(changes, current)));
        }
        return changes;
    }
}
