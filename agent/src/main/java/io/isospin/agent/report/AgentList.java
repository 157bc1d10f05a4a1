package io.isospin.agent.report;

import io.isospin.agent.config.AgentConfig;
import io.isospin.agent.config.AgentKind;
import io.isospin.agent.mirror.Desired;
import io.isospin.agent.mirror.HostView;
import io.isospin.core.host.Report;
import io.isospin.core.host.Unit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The agents that this process is, as {@code agent-list} and {@code agent-show} tell of them. */
public final class AgentList {
    private final AgentConfig config;
    private final Desired desired;
    private final String startedAt =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

    public AgentList(AgentConfig config, Desired desired) {
        this.config = config;
        this.desired = desired;
    }

    public List<Report.Agent> agents() {
        HostView view = desired.view();
        return config.agents().stream()
                .map(kind -> switch (kind) {
                    case LINUXBRIDGE -> linuxBridge(view);
                    case DHCP -> dhcp(view);
                    case METADATA -> metadata();
                })
                .toList();
    }

    private Report.Agent linuxBridge(HostView view) {
        var mappings = new LinkedHashMap<String, String>();
        config.linuxBridge().mappings().forEach((network, device) -> mappings.put(network, device.value()));
        return new Report.Agent(
                AgentKind.LINUXBRIDGE.type(),
                AgentKind.LINUXBRIDGE.binary(),
                mappings,
                config.linuxBridge().localIp(),
                "",
                startedAt,
                Map.of("devices", count(view, Unit.Port.class)),
                Map.of());
    }

    private Report.Agent dhcp(HostView view) {
        int subnets = view.state()
                .all(Unit.Dhcp.class)
                .mapToInt(dhcp -> dhcp.subnets().size())
                .sum();
        return new Report.Agent(
                AgentKind.DHCP.type(),
                AgentKind.DHCP.binary(),
                Map.of(),
                null,
                config.dhcp().availabilityZone(),
                startedAt,
                Map.of(
                        "networks", count(view, Unit.Dhcp.class),
                        "subnets", subnets,
                        "ports", count(view, Unit.Reservation.class)),
                Map.of());
    }

    private Report.Agent metadata() {
        return new Report.Agent(
                AgentKind.METADATA.type(),
                AgentKind.METADATA.binary(),
                Map.of(),
                null,
                "",
                startedAt,
                Map.of("nova_metadata_port", config.metadata().port()),
                Map.of("nova_metadata_host", config.metadata().host()));
    }

    private static int count(HostView view, Class<? extends Unit> kind) {
        return Math.toIntExact(view.state().all(kind).count());
    }
}
