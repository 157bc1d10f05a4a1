package io.isospin.agent.config;

import io.isospin.core.config.Settings;
import io.isospin.core.net.IpAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of dhcp_agent.ini that Isospin honours.
 *
 * @param directory {@code $state_path/dhcp}, with a directory per network
 * @param leaseSeconds how long a lease lasts; -1 for ever
 * @param dnsServers where dnsmasq forwards names that it does not know
 * @param configFile dnsmasq's own file, read in addition; null for none
 * @param availabilityZone where this host's agent says it stands
 * @param metadata whether instances are told to reach 169.254.169.254 through the DHCP port, and the namespace has the
 *     addresses at which the metadata agent answers; there are no routers yet, so that every network is isolated
 */
public record DhcpConfig(
        Path directory,
        int leaseSeconds,
        String dnsDomain,
        List<String> dnsServers,
        @Nullable Path configFile,
        int leaseMax,
        String availabilityZone,
        boolean metadata) {
    private static final int YEAR = 366 * 24 * 3600;

    static DhcpConfig from(Settings settings, Path statePath) {
        settings.renamed(Settings.DEFAULT, "dns_domain", Settings.DEFAULT, "dhcp_domain");
        List<String> dnsServers = settings.list(Settings.DEFAULT, "dnsmasq_dns_servers", List.of());
        for (String server : dnsServers) {
            if (!IpAddress.isAddress(server)) {
                settings.fault(
                        Settings.DEFAULT,
                        "dnsmasq_dns_servers",
                        "'" + server + "' is not a valid IP address",
                        "Write addresses, separated by commas");
            }
        }
        return new DhcpConfig(
                statePath.resolve("dhcp"),
                settings.integer(Settings.DEFAULT, "dhcp_lease_duration", 86400, -1, YEAR),
                settings.text(Settings.DEFAULT, "dns_domain", "openstacklocal"),
                dnsServers,
                settings.optional(Settings.DEFAULT, "dnsmasq_config_file")
                        .filter(text -> !text.isEmpty())
                        .map(Path::of)
                        .orElse(null),
                settings.integer(Settings.DEFAULT, "dnsmasq_lease_max", 1 << 24, 1, Integer.MAX_VALUE),
                settings.text("agent", "availability_zone", "nova"),
                settings.bool(Settings.DEFAULT, "enable_isolated_metadata", false)
                        || settings.bool(Settings.DEFAULT, "force_metadata", false));
    }
}
