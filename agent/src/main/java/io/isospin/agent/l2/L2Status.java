package io.isospin.agent.l2;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.ResourceId;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.NetworkNamespace.Result;
import io.isospin.linux.kernel.Observed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks whether ports are connected: the tap up in its bridge, the bridge up, and its uplink up in it. */
public final class L2Status {
    private final String host;
    private final Observed observed;
    private final List<Result> failures;

    /** @param failures what the kernel has refused lately, which explains what is not there */
    public L2Status(String host, Observed observed, List<Result> failures) {
        this.host = host;
        this.observed = observed;
        this.failures = failures;
    }

    /** The state of each port that lives here. */
    public List<PortStatus> of(Wiring wiring) {
        var statuses = new ArrayList<PortStatus>();
        for (Wiring.Wired wired : wiring.networks()) {
            String trouble = trouble(wired);
            wired.taps().forEach((port, tap) -> {
                if (!wired.standby().contains(port)) {
                    statuses.add(status(wired, port, tap, trouble));
                }
            });
            wired.parked().keySet().stream()
                    .filter(port -> !wired.standby().contains(port))
                    .map(port -> PortStatus.down(port, host + ": the port's admin_state_up is False"))
                    .forEach(statuses::add);
        }
        return statuses;
    }

    /** Why the networks' bridges do not work, of those that do not. */
    public Map<ResourceId, String> troubles(Wiring wiring) {
        var troubles = new HashMap<ResourceId, String>();
        for (Wiring.Wired wired : wiring.networks()) {
            String trouble = trouble(wired);
            if (trouble != null) {
                troubles.put(wired.network().id(), trouble);
            }
        }
        return troubles;
    }

    private PortStatus status(Wiring.Wired wired, ResourceId port, InterfaceName tap, @Nullable String trouble) {
        Link link = observed.links().get(tap);
        if (link == null) {
            return new PortStatus(
                    port,
                    false,
                    true,
                    host + ": there is no interface " + tap
                            + " yet; the compute service makes it when it plugs the port in");
        }
        String problem = trouble != null ? trouble : member(wired, tap, link);
        return problem == null ? PortStatus.up(port) : PortStatus.down(port, problem);
    }

    private @Nullable String trouble(Wiring.Wired wired) {
        Link bridge = observed.links().get(wired.bridge());
        if (bridge == null || !bridge.up()) {
            return sentence("the bridge " + wired.bridge() + " is not " + (bridge == null ? "there" : "up"));
        }
        return switch (wired.uplink()) {
            case Uplink.Missing missing -> missing.reason();
            case Uplink.Flat flat -> uplink(wired, flat.device());
            case Uplink.Tunnel tunnel -> uplink(wired, tunnel.device());
            case Uplink.Tagged tagged -> uplink(wired, tagged.device());
        };
    }

    private @Nullable String uplink(Wiring.Wired wired, InterfaceName device) {
        Link link = observed.links().get(device);
        return link == null ? sentence("there is no interface " + device) : member(wired, device, link);
    }

    private @Nullable String member(Wiring.Wired wired, InterfaceName device, Link link) {
        Link bridge = observed.links().get(wired.bridge());
        if (bridge == null || link.master() != bridge.index()) {
            return sentence(device + " is not in the bridge " + wired.bridge());
        }
        return link.up() ? null : sentence(device + " is not up");
    }

    private String sentence(String problem) {
        String why = failures.stream().map(Result::message).distinct().limit(3).collect(Collectors.joining("; "));
        return host + ": " + problem + (why.isEmpty() ? "" : ": " + why);
    }
}
