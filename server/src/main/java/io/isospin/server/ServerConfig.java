package io.isospin.server;

import io.isospin.core.config.Settings;
import io.isospin.core.net.MacAddress;
import io.isospin.server.dhcp.DhcpSettings;
import io.isospin.server.http.HttpSettings;
import io.isospin.server.identity.KeystoneConfig;
import io.isospin.server.identity.TokenSettings;
import io.isospin.server.network.SegmentConfig;
import io.isospin.server.policy.Policy;
import io.isospin.server.port.DnsNames;
import io.isospin.server.port.MacPool;
import io.isospin.server.quota.Quotas;
import io.isospin.server.store.sql.Database;
import io.isospin.server.store.sql.DatabaseSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that the server reads from Neutron's files.
 *
 * @param trustsHeaders whether a request is believed who sends it, as {@code auth_strategy = noauth} has it
 * @param pairs how many allowed address pairs a port may have
 * @param enablesAgents whether agents that report for the first time are given work
 */
record ServerConfig(
        SegmentConfig segments,
        MacPool macs,
        DnsNames names,
        Quotas quotas,
        KeystoneConfig keystone,
        boolean trustsHeaders,
        TokenSettings tokens,
        KeystoneConfig nova,
        boolean tellsNova,
        HttpSettings http,
        Duration agentDownTime,
        boolean enablesAgents,
        int pairs,
        DhcpSettings dhcp,
        String agentSecret,
        Database database,
        Policy policy) {

    /** Reads and checks each value; what is wrong stays in {@code settings} until {@link Settings#check}. */
    static ServerConfig of(Settings settings) {
        var keystone = KeystoneConfig.of(settings, "keystone_authtoken");
        boolean trusting = settings.choice("DEFAULT", "auth_strategy", "keystone", List.of("keystone", "noauth"))
                .equals("noauth");
        if (!trusting && keystone.url().isEmpty()) {
            settings.fault(
                    "keystone_authtoken",
                    "auth_url",
                    "is missing, and auth_strategy is keystone",
                    "Name Keystone's address there, or set auth_strategy = noauth in [DEFAULT]");
        }
        var nova = KeystoneConfig.of(settings, "nova");
        boolean tellsNova = settings.bool("DEFAULT", "notify_nova_on_port_status_changes", true);
        return new ServerConfig(
                SegmentConfig.of(settings),
                new MacPool(settings.value(
                        "DEFAULT", "base_mac", MacAddress.parse("fa:16:3e:00:00:00"), MacAddress::parse)),
                DnsNames.of(settings),
                new Quotas(quotas(settings)),
                keystone,
                trusting,
                TokenSettings.of(settings),
                nova,
                tellsNova && !nova.url().isEmpty(),
                HttpSettings.of(settings, keystone.forClients()),
                Duration.ofSeconds(settings.integer("DEFAULT", "agent_down_time", 75, 1, 86_400)),
                settings.bool("DEFAULT", "enable_new_agents", true),
                settings.integer("DEFAULT", "max_allowed_address_pair", 10, 0, Integer.MAX_VALUE),
                DhcpSettings.of(settings),
                settings.text("isospin", "agent_secret", ""),
                DatabaseSettings.of(settings),
                Policy.of(settings));
    }

    private static Map<String, Integer> quotas(Settings settings) {
        var quotas = new LinkedHashMap<String, Integer>();
        Quotas.neutronDefaults().forEach((resource, number) -> {
            int fallback = settings.isSet("quotas", "default_quota") && !settings.isSet("quotas", "quota_" + resource)
                    ? settings.integer("quotas", "default_quota", number, -1, Integer.MAX_VALUE)
                    : number;
            quotas.put(resource, settings.integer("quotas", "quota_" + resource, fallback, -1, Integer.MAX_VALUE));
        });
        return quotas;
    }
}
