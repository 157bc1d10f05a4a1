package io.isospin.agent.mirror;

import io.isospin.core.host.HostState;
import io.isospin.core.host.Unit;
import io.isospin.core.net.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A host's state with its units by network.
 *
 * @param confirmed whether a server has confirmed it since this agent started; until then it may be out of date, and
 *     nothing may be removed because it is not in it
 */
public record HostView(HostState state, boolean confirmed, Map<ResourceId, List<Unit>> byNetwork) {
    public static final HostView NONE = of(HostState.EMPTY, false);

    public static HostView of(HostState state, boolean confirmed) {
        var byNetwork = new HashMap<ResourceId, List<Unit>>();
        for (Unit unit : state.units().values()) {
            byNetwork
                    .computeIfAbsent(unit.network(), absent -> new ArrayList<>())
                    .add(unit);
        }
        return new HostView(state, confirmed, byNetwork);
    }

    public Set<ResourceId> networks() {
        return byNetwork.keySet();
    }

    /**
     * The DHCP service that a network is to have here, or null. A network that is administratively down keeps its bridge
     * and loses its services.
     */
    public Unit.@Nullable Dhcp servedDhcp(ResourceId network) {
        Unit.Network unit = state.network(network);
        boolean up = unit != null && unit.adminUp();
        return up ? of(network, Unit.Dhcp.class).findFirst().orElse(null) : null;
    }

    public <T extends Unit> Stream<T> of(ResourceId network, Class<T> kind) {
        return byNetwork.getOrDefault(network, List.of()).stream()
                .filter(kind::isInstance)
                .map(kind::cast);
    }
}
