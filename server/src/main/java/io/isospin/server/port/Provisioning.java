package io.isospin.server.port;

import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.host.Report.Entity;
import io.isospin.core.host.Report.PortReport;
import io.isospin.server.agent.Agents;
import io.isospin.server.api.Documents;
import io.isospin.server.store.Change;
import io.isospin.server.store.View;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A bound port's way from DOWN to ACTIVE: its frames must pass on its host, and DHCP must know it where its network is
 * served. What is still awaited stands beside the document.
 */
public final class Provisioning {
    private final Agents agents;

    public Provisioning(Agents agents) {
        this.agents = agents;
    }

    /** What a port that was just created or bound waits for. */
    List<Change> begin(View view, ObjectNode port) {
        if (!Binding.isBound(port)) {
            return List.of(new Change.Await(id(port), ""));
        }
        var blocks = EnumSet.of(Entity.L2);
        if (waitsForDhcp(view, port)) {
            blocks.add(Entity.DHCP);
        }
        return List.of(new Change.Await(id(port), words(blocks)));
    }

    private boolean waitsForDhcp(View view, ObjectNode port) {
        if (text(port, "device_owner").equals(DhcpPorts.OWNER)
                || port.path("fixed_ips").isEmpty()) {
            return false;
        }
        return DhcpPorts.of(view, text(port, "network_id")).stream()
                .anyMatch(server -> agents.alive(view, Agents.DHCP, text(server, "binding:host_id"))
                        .isPresent());
    }

    /** What a host's report makes of a port; nothing where the port has gone, or lives on another host by now. */
    public List<Change> reported(View view, String host, PortReport report) {
        var port = view.get(PORT, report.port().value()).orElse(null);
        if (port == null) {
            return List.of();
        }
        boolean here = text(port, "binding:host_id").equals(host);
        if (!Binding.isBound(port) || (report.entity() == Entity.L2 && !here)) {
            return List.of();
        }
        var blocks = blocks(view.awaited(id(port)));
        boolean changed = report.up() ? blocks.remove(report.entity()) : blocks.add(report.entity());
        var changes = new ArrayList<Change>();
        if (changed) {
            changes.add(new Change.Await(id(port), words(blocks)));
        }
        String status = status(port, blocks);
        var updated = Documents.updated(
                PORT, port, JsonNodeFactory.instance.objectNode().put("status", status), view.now());
        // An answer that changes what is shown is told by that change.
        if (!report.up() || (changed && updated.isEmpty())) {
            changes.add(new Change.Answer(id(port), text(port, "network_id"), answer(report)));
        }
        changes.addAll(updated);
        return changes;
    }

    private static ObjectNode answer(PortReport report) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("entity", report.entity().name())
                .put("up", report.up())
                .put("reason", report.reason());
    }

    private static String status(ObjectNode port, Set<Entity> blocks) {
        if (blocks.contains(Entity.L2) || !flag(port, "admin_state_up")) {
            return "DOWN";
        }
        return blocks.isEmpty() ? "ACTIVE" : "BUILD";
    }

    private static Set<Entity> blocks(String words) {
        var blocks = EnumSet.noneOf(Entity.class);
        for (var word : words.split(",")) {
            if (!word.isEmpty()) {
                blocks.add(Entity.valueOf(word));
            }
        }
        return blocks;
    }

    private static String words(Set<Entity> blocks) {
        return blocks.stream().map(Entity::name).collect(Collectors.joining(","));
    }
}
