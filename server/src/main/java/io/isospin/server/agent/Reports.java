package io.isospin.server.agent;

import static io.isospin.core.schema.Catalogue.AGENT;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.host.Report;
import io.isospin.core.net.ResourceId;
import io.isospin.server.dhcp.DhcpAgents;
import io.isospin.server.dhcp.DhcpKeeper;
import io.isospin.server.port.Provisioning;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Store;
import io.isospin.server.store.View;
import io.isospin.server.wiring.Wirings;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes in what agents report: that they live, what their hosts reach, and what became of ports. */
public final class Reports {
    private static final System.Logger LOG = System.getLogger(Reports.class.getName());

    /** Neutron's name for the zone of agents that name none. */
    private static final String NOVA = "nova";
    /** Waiting networks that a DHCP agent gets when it comes; the others follow when it is next looked after them. */
    private static final int AT_ONCE = 500;

    private final Store store;
    private final Agents agents;
    private final Provisioning provisioning;
    private final DhcpAgents dhcp;
    private final DhcpKeeper keeper;
    private final boolean enabled;

    /** {@code enabled}: whether an agent may serve as soon as it has reported for the first time. */
    public Reports(
            Store store,
            Agents agents,
            Provisioning provisioning,
            DhcpAgents dhcp,
            DhcpKeeper keeper,
            boolean enabled) {
        this.store = store;
        this.agents = agents;
        this.provisioning = provisioning;
        this.dhcp = dhcp;
        this.keeper = keeper;
        this.enabled = enabled;
    }

    /**
     * What a report has brought.
     *
     * @param first an agent that was not known
     * @param serves a DHCP agent that has come, or come back
     */
    private record News(boolean first, boolean serves) {
        static final News NONE = new News(false, false);
    }

    /**
     * All of a report in one transaction; a DHCP agent that has come then gets networks that wait for one. Answers
     * whether the host is to tell of all its devices: where an agent of it was not known, they may not be either.
     */
    public boolean take(Report report) {
        var wiring = report.wiring();
        List<Function<View, Decision<News>>> decisions = new ArrayList<>();
        for (var agent : report.agents()) {
            decisions.add(view -> beat(view, report.host(), agent));
        }
        if (wiring != null) {
            decisions.add(view -> new Decision<>(Wirings.taken(view, report.host(), wiring), News.NONE));
        }
        for (var port : report.ports()) {
            if (!port.up()) {
                LOG.log(Level.WARNING, "port {0} is not up on {1}: {2}", port.port(), report.host(), port.reason());
            }
            decisions.add(view -> new Decision<>(provisioning.reported(view, report.host(), port), News.NONE));
        }
        List<News> brought = decisions.isEmpty() ? List.of() : store.writeAll(decisions);
        if (brought.stream().anyMatch(News::serves)) {
            keeper.fill(AT_ONCE);
        }
        return (wiring == null || !wiring.whole()) && brought.stream().anyMatch(News::first);
    }

    private Decision<News> beat(View view, String host, Report.Agent agent) {
        var known = Agents.on(view, agent.type(), host);
        var next = document(view, host, agent, known.orElse(null));
        boolean serves = agent.type().equals(Agents.DHCP);
        var changes = new ArrayList<Change>();
        if (serves) {
            changes.addAll(dhcp.counted(next));
        }
        if (known.isEmpty()) {
            LOG.log(Level.INFO, "{0} has reported for the first time", AgentEndpoint.describe(next));
            changes.addFirst(new Change.Insert(AGENT, next));
            return new Decision<>(changes, new News(true, serves));
        }
        changes.add(news(known.get(), next));
        if (serves && !text(known.get(), "availability_zone").equals(text(next, "availability_zone"))) {
            changes.addAll(dhcp.moved(view, next));
        }
        return new Decision<>(changes, new News(false, serves && !agents.isAlive(known.get(), view.now())));
    }

    /** A heartbeat is nobody's news; a restart, and what the host reaches, is. */
    private static Change news(ObjectNode known, ObjectNode next) {
        boolean same = text(known, "started_at").equals(text(next, "started_at"))
                && Stream.of("bridge_mappings", "tunneling_ip")
                        .allMatch(name -> known.path("configurations")
                                .path(name)
                                .equals(next.path("configurations").path(name)));
        return same
                ? new Change.Touch(AGENT, next)
                : new Change.Update(AGENT, next, Map.of("configurations", known.path("configurations")));
    }

    private ObjectNode document(View view, String host, Report.Agent agent, @Nullable ObjectNode known) {
        String now = Agents.time(view.now());
        var next = known == null ? JsonNodeFactory.instance.objectNode() : known.deepCopy();
        if (known == null) {
            next.put("id", ResourceId.random().value())
                    .put("agent_type", agent.type())
                    .put("binary", agent.binary())
                    .put("host", host)
                    .put("topic", agent.type().equals(Agents.DHCP) ? "dhcp_agent" : "N/A")
                    .put("admin_state_up", enabled)
                    .put("created_at", now)
                    .put("description", "");
            next.putNull("availability_zone");
            next.putNull("resources_synced");
        }
        if (agent.type().equals(Agents.DHCP)) {
            next.put("availability_zone", agent.availabilityZone().isEmpty() ? NOVA : agent.availabilityZone());
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
        agent.settings().forEach(configurations::put);
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
        } else if (agent.type().equals(Agents.DHCP)) {
            configurations.put("dhcp_driver", "neutron.agent.linux.dhcp.Dnsmasq");
        }
        return configurations;
    }
}
