package io.isospin.server.agent;

import static io.isospin.core.schema.Catalogue.AGENT;
import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.host.Report;
import io.isospin.core.net.ResourceId;
import io.isospin.server.port.DhcpPorts;
import io.isospin.server.port.Provisioning;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Query;
import io.isospin.server.store.Store;
import io.isospin.server.store.View;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes in what agents report: that they live, what their hosts reach, and what became of ports. */
public final class Reports {
    private static final System.Logger LOG = System.getLogger(Reports.class.getName());

    private final Store store;
    private final DhcpPorts dhcpPorts;

    public Reports(Store store, DhcpPorts dhcpPorts) {
        this.store = store;
        this.dhcpPorts = dhcpPorts;
    }

    /** All of a report in one transaction. */
    public void take(Report report) {
        List<Function<View, Decision<Boolean>>> decisions = new ArrayList<>();
        for (var agent : report.agents()) {
            decisions.add(view -> new Decision<>(beat(view, report.host(), agent), true));
        }
        for (var port : report.ports()) {
            if (!port.up()) {
                LOG.log(Level.WARNING, "port {0} is not up on {1}: {2}", port.port(), report.host(), port.reason());
            }
            decisions.add(view -> new Decision<>(Provisioning.reported(view, report.host(), port), true));
        }
        if (!decisions.isEmpty()) {
            store.writeAll(decisions);
        }
    }

    private List<Change> beat(View view, String host, Report.Agent agent) {
        var known = Agents.on(view, agent.type(), host);
        var next = document(view, host, agent, known.orElse(null));
        if (known.isEmpty()) {
            LOG.log(Level.INFO, "{0} has reported for the first time", AgentEndpoint.describe(next));
            var changes = new ArrayList<Change>();
            changes.add(new Change.Insert(AGENT, next));
            changes.addAll(serveUnserved(view, agent, host));
            return changes;
        }
        boolean same = text(known.get(), "started_at").equals(text(next, "started_at"))
                && known.get()
                        .path("configurations")
                        .path("bridge_mappings")
                        .equals(next.path("configurations").path("bridge_mappings"))
                && known.get()
                        .path("configurations")
                        .path("tunneling_ip")
                        .equals(next.path("configurations").path("tunneling_ip"));
        var changes = new ArrayList<Change>();
        changes.add(
                same
                        ? new Change.Touch(AGENT, next)
                        : new Change.Update(
                                AGENT,
                                next,
                                Map.of("configurations", known.get().path("configurations"))));
        if (!Agents.isAlive(known.get(), view.now())) {
            changes.addAll(serveUnserved(view, agent, host));
        }
        return changes;
    }

    /** Networks that asked for DHCP when no agent was there to serve them. */
    private List<Change> serveUnserved(View view, Report.Agent agent, String host) {
        if (!agent.type().equals(Agents.DHCP)) {
            return List.of();
        }
        return view.list(NETWORK, Query.ALL).stream()
                .flatMap(network -> dhcpPorts.serveUnserved(view, network, host).stream())
                .toList();
    }

    private static ObjectNode document(View view, String host, Report.Agent agent, @Nullable ObjectNode known) {
        String now = Agents.time(view.now());
        var next = known == null ? JsonNodeFactory.instance.objectNode() : known.deepCopy();
        if (known == null) {
            next.put("id", ResourceId.random().value())
                    .put("agent_type", agent.type())
                    .put("binary", agent.binary())
                    .put("host", host)
                    .put("topic", agent.type().equals(Agents.DHCP) ? "dhcp_agent" : "N/A")
                    .put("admin_state_up", true)
                    .put("created_at", now)
                    .put("description", "");
            if (agent.type().equals(Agents.DHCP)) {
                next.put("availability_zone", "nova");
            } else {
                next.putNull("availability_zone");
            }
            next.putNull("resources_synced");
        }
        next.put("started_at", started(agent.startedAt(), now)).put("heartbeat_timestamp", now);
        next.set("configurations", configurations(agent));
        return next;
    }

    private static String started(String iso, String fallback) {
        try {
            return Agents.time(Instant.parse(iso));
        } catch (DateTimeParseException e) {
            LOG.log(Level.WARNING, "an agent says it started at ''{0}'', which is no ISO 8601 time", iso);
            return fallback;
        }
    }

    private static ObjectNode configurations(Report.Agent agent) {
        var configurations = JsonNodeFactory.instance.objectNode();
        agent.counts().forEach(configurations::put);
        if (agent.type().equals(Agents.LINUX_BRIDGE)) {
            var mappings = configurations.putObject("bridge_mappings");
            agent.bridgeMappings().forEach(mappings::put);
            // The older name, which Linux bridge agents have reported under.
            configurations.set("interface_mappings", mappings.deepCopy());
            if (agent.tunnelAddress() != null) {
                configurations.put("tunneling_ip", agent.tunnelAddress().toString());
                configurations.putArray("tunnel_types").add("vxlan");
                configurations.put("l2_population", true);
            }
        } else {
            configurations.put("dhcp_driver", "neutron.agent.linux.dhcp.Dnsmasq");
        }
        return configurations;
    }
}
