package io.isospin.server;

import io.isospin.core.config.ConfigException;
import io.isospin.core.config.Settings;
import io.isospin.core.net.MacAddress;
import io.isospin.core.schema.Catalogue;
import io.isospin.server.agent.AgentEndpoint;
import io.isospin.server.agent.Reports;
import io.isospin.server.api.Collection;
import io.isospin.server.api.Router;
import io.isospin.server.extension.Extensions;
import io.isospin.server.feed.Feed;
import io.isospin.server.http.AgentRoutes;
import io.isospin.server.http.ApiServer;
import io.isospin.server.identity.Authenticator;
import io.isospin.server.identity.KeystoneConfig;
import io.isospin.server.identity.KeystoneSession;
import io.isospin.server.identity.KeystoneTokens;
import io.isospin.server.identity.TrustedHeaders;
import io.isospin.server.network.Networks;
import io.isospin.server.network.SegmentConfig;
import io.isospin.server.nova.NovaNotifier;
import io.isospin.server.policy.Policy;
import io.isospin.server.port.DhcpPorts;
import io.isospin.server.port.MacPool;
import io.isospin.server.port.Ports;
import io.isospin.server.quota.QuotaHandler;
import io.isospin.server.quota.Quotas;
import io.isospin.server.store.StoreException;
import io.isospin.server.store.sql.SqliteStore;
import io.isospin.server.subnet.Subnets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts the server: what it is made of, in order. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Console.begin();
        try {
            var settings = Settings.read(Arguments.configFiles(args));
            run(settings);
        } catch (ConfigException | StoreException | StartException e) {
            System.err.println("isospin server: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Settings settings) {
        var segments = SegmentConfig.of(settings);
        var macs = new MacPool(
                settings.value("DEFAULT", "base_mac", MacAddress.parse("fa:16:3e:00:00:00"), MacAddress::parse));
        var quotas = new Quotas(quotas(settings));
        var keystone = KeystoneConfig.of(settings, "keystone_authtoken");
        boolean trusting = settings.choice("DEFAULT", "auth_strategy", "keystone", List.of("keystone", "noauth"))
                .equals("noauth");
        int keep = settings.integer("keystone_authtoken", "token_cache_time", 300, -1, 86_400);
        var nova = KeystoneConfig.of(settings, "nova");
        boolean tellsNova = settings.bool("DEFAULT", "notify_nova_on_port_status_changes", true)
                && !nova.url().isEmpty();
        String host = settings.text("DEFAULT", "bind_host", "0.0.0.0");
        int port = settings.integer("DEFAULT", "bind_port", 9696, 0, 65_535);
        String secret = settings.text("isospin", "agent_secret", "");
        if (!trusting && keystone.url().isEmpty()) {
            settings.fault(
                    "keystone_authtoken",
                    "auth_url",
                    "is missing, and auth_strategy is keystone",
                    "name Keystone's address there, or set auth_strategy = noauth in [DEFAULT]");
        }
        var file = DatabaseFile.of(settings);
        settings.check();

        var store = SqliteStore.open(file);
        var dhcpPorts = new DhcpPorts(macs);
        var networks = new Networks(segments);
        store.write(networks::offer);
        var policy = new Policy();
        var router = new Router(Map.of(
                Catalogue.NETWORK.path(),
                new Collection(networks, store, policy, quotas),
                Catalogue.SUBNET.path(),
                new Collection(new Subnets(dhcpPorts), store, policy, quotas),
                Catalogue.PORT.path(),
                new Collection(new Ports(macs), store, policy, quotas),
                Catalogue.AGENT.path(),
                new AgentEndpoint(store),
                "quotas",
                new QuotaHandler(store, quotas),
                "extensions",
                new Extensions()));
        var feed = new Feed(store);
        Authenticator authenticator = trusting
                ? new TrustedHeaders()
                : new KeystoneTokens(new KeystoneSession(keystone), Duration.ofSeconds(Math.max(keep, 0)));
        var agents = new AgentRoutes(feed, new Reports(store, dhcpPorts), secret);
        var server = new ApiServer(host, port, router, authenticator, keystone.url(), agents);
        StartException.listening(host, port, server::start);
        var notifier = tellsNova ? new NovaNotifier(store, new KeystoneSession(nova)) : null;
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            server.close();
            feed.close();
            if (notifier != null) {
                notifier.close();
            }
            store.close();
        }));
        Console.say("listening on " + host + ":" + server.port() + ", data in " + file);
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
