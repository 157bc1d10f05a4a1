package io.isospin.core.host;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.ResourceId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent host tells the server: that its agents live, what the host has to bind to, and what became of ports.
 * An empty {@code ports} is a heartbeat.
 *
 * @param wiring what the host's devices are, as far as that has changed; null where it has not
 */
public record Report(
        String host,
        List<Agent> agents,
        List<PortReport> ports,
        @Nullable HostWiring wiring) {
    private static final int LONGEST_HOST = 255;

    public Report {
        if (host.length() > LONGEST_HOST) {
            throw new IllegalArgumentException("'host' is longer than " + LONGEST_HOST + " characters");
        }
    }

    /**
     * One of the agents on the host, under the names that Neutron's own have.
     *
     * @param type {@code Linux bridge agent}, {@code DHCP agent} or {@code Metadata agent}
     * @param binary {@code neutron-linuxbridge-agent}, {@code neutron-dhcp-agent} or {@code neutron-metadata-agent}
     * @param bridgeMappings the physical networks that the host reaches, each with its interface
     * @param tunnelAddress the host's VXLAN endpoint; absent where it has none
     * @param availabilityZone where the host stands; empty for agents that have none
     * @param startedAt ISO 8601, UTC
     * @param counts numbers that the agent's configurations show
     * @param settings texts that they show besides
     */
    public record Agent(
            String type,
            String binary,
            Map<String, String> bridgeMappings,
            @Nullable IpAddress tunnelAddress,
            String availabilityZone,
            String startedAt,
            Map<String, Integer> counts,
            Map<String, String> settings) {}

    /** Which of a port's provisioning blocks the report clears. */
    public enum Entity {
        L2,
        DHCP
    }

    /**
     * @param up whether the port's frames (L2) or reservations (DHCP) are in place
     * @param reason why not, in one sentence that names the thing and the mend; empty when up
     */
    public record PortReport(ResourceId port, Entity entity, boolean up, String reason) {}
}
