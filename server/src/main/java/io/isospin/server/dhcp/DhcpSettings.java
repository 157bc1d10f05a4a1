package io.isospin.server.dhcp;

import io.isospin.core.config.Settings;
import java.util.List;

/**
 * What neutron.conf says of serving DHCP.
 *
 * @param agentsPerNetwork how many agents serve a network
 * @param schedules whether the server chooses them by itself
 * @param failover whether networks are taken away from an agent that has died
 * @param choice how agents are chosen
 * @param loadType what an agent's load is counted in: networks, subnets or ports
 * @param servesDisabled whether an agent that is administratively down goes on serving
 * @param zones the availability zones of networks that ask for none
 */
public record DhcpSettings(
        int agentsPerNetwork,
        boolean schedules,
        boolean failover,
        Choice choice,
        String loadType,
        boolean servesDisabled,
        List<String> zones) {
    private static final String NETWORKS = "networks";

    /** The scheduler drivers, by the last part of their names. */
    enum Choice {
        CHANCE("ChanceScheduler"),
        WEIGHT("WeightScheduler"),
        ZONES("AZAwareWeightScheduler");

        private final String driver;

        Choice(String driver) {
            this.driver = driver;
        }

        private static Choice of(String driver) {
            for (var choice : values()) {
                if (driver.endsWith("dhcp_agent_scheduler." + choice.driver)) {
                    return choice;
                }
            }
            throw new IllegalArgumentException("Write neutron.scheduler.dhcp_agent_scheduler. and ChanceScheduler,"
                    + " WeightScheduler or AZAwareWeightScheduler");
        }
    }

    public static DhcpSettings of(Settings settings) {
        return new DhcpSettings(
                settings.integer(Settings.DEFAULT, "dhcp_agents_per_network", 1, 1, 1000),
                settings.bool(Settings.DEFAULT, "network_auto_schedule", true),
                settings.bool(Settings.DEFAULT, "allow_automatic_dhcp_failover", true),
                settings.value(Settings.DEFAULT, "network_scheduler_driver", Choice.WEIGHT, Choice::of),
                settings.choice(Settings.DEFAULT, "dhcp_load_type", NETWORKS, List.of(NETWORKS, "subnets", "ports")),
                settings.bool(Settings.DEFAULT, "enable_services_on_agents_with_admin_state_down", false),
                settings.list(Settings.DEFAULT, "default_availability_zones", List.of()));
    }

    /** Whether the server counts an agent's load itself, rather than taking the agent's own count. */
    public boolean countsNetworks() {
        return loadType.equals(NETWORKS);
    }
}
