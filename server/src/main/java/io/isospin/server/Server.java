package io.isospin.server;

import static java.util.Map.entry;

import io.isospin.core.config.Settings;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Segmentation;
import io.isospin.server.addressscope.AddressScopes;
import io.isospin.server.agent.AgentEndpoint;
import io.isospin.server.agent.Agents;
import io.isospin.server.agent.AvailabilityZones;
import io.isospin.server.agent.Reports;
import io.isospin.server.api.Collection;
import io.isospin.server.api.Endpoint;
import io.isospin.server.api.Handler;
import io.isospin.server.api.MemberHandler;
import io.isospin.server.api.Router;
import io.isospin.server.availability.IpAvailability;
import io.isospin.server.dhcp.AgentNetworks;
import io.isospin.server.dhcp.DhcpAgents;
import io.isospin.server.dhcp.DhcpKeeper;
import io.isospin.server.dhcp.DhcpSettings;
import io.isospin.server.dhcp.NetworkAgents;
import io.isospin.server.extension.Extensions;
import io.isospin.server.feed.Feed;
import io.isospin.server.http.AgentRoutes;
import io.isospin.server.http.ApiServer;
import io.isospin.server.http.HttpSettings;
import io.isospin.server.http.Pulse;
import io.isospin.server.identity.Authenticator;
import io.isospin.server.identity.KeystoneConfig;
import io.isospin.server.identity.KeystoneSession;
import io.isospin.server.identity.KeystoneTokens;
import io.isospin.server.identity.TrustedHeaders;
import io.isospin.server.network.ConfiguredRanges;
import io.isospin.server.network.Networks;
import io.isospin.server.network.SegmentConfig;
import io.isospin.server.network.SegmentEndpoint;
import io.isospin.server.network.SegmentRangeEndpoint;
import io.isospin.server.nova.NovaNotifier;
import io.isospin.server.policy.Policy;
import io.isospin.server.port.AutomaticAddresses;
import io.isospin.server.port.Bindings;
import io.isospin.server.port.DhcpPorts;
import io.isospin.server.port.DnsNames;
import io.isospin.server.port.MacPool;
import io.isospin.server.port.Placement;
import io.isospin.server.port.Ports;
import io.isospin.server.port.Provisioning;
import io.isospin.server.quota.QuotaHandler;
import io.isospin.server.quota.Quotas;
import io.isospin.server.rbac.RbacPolicies;
import io.isospin.server.rbac.Sharing;
import io.isospin.server.store.Retention;
import io.isospin.server.store.Store;
import io.isospin.server.store.sql.Database;
import io.isospin.server.store.sql.DatabaseSettings;
import io.isospin.server.store.sql.SqlStore;
import io.isospin.server.subnet.Subnets;
import io.isospin.server.subnetpool.Allocations;
import io.isospin.server.subnetpool.SubnetpoolActions;
import io.isospin.server.subnetpool.Subnetpools;
import io.isospin.server.tag.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server: what it is made of, in order. */
public final class Server implements AutoCloseable {
    /** Enough for an agent that was away for hours in a busy cloud; some 100 MB. */
    private static final long KEPT_CHANGES = 200_000;

    private final Store store;
    private final Feed feed;
    private final ApiServer api;
    private final DhcpKeeper keeper;
    private final @Nullable NovaNotifier nova;
    private final Retention retention;
    private final Database database;
    private final String host;

    private Server(
            Store store,
            Feed feed,
            ApiServer api,
            DhcpKeeper keeper,
            @Nullable NovaNotifier nova,
            Retention retention,
            Database database,
            String host) {
        this.store = store;
        this.feed = feed;
        this.api = api;
        this.keeper = keeper;
        this.nova = nova;
        this.retention = retention;
        this.database = database;
        this.host = host;
    }

    /**
     * Starts a server as the files say.
     *
     * @throws io.isospin.core.config.ConfigException with every fault of the files
     * @throws io.isospin.server.store.StoreException where the database cannot be used
     * @throws StartException where the address cannot be had
     */
    public static Server start(Settings settings) {
        var segments = SegmentConfig.of(settings);
        var macs = new MacPool(
                settings.value("DEFAULT", "base_mac", MacAddress.parse("fa:16:3e:00:00:00"), MacAddress::parse));
        var names = DnsNames.of(settings);
        var quotas = new Quotas(quotas(settings));
        var keystone = KeystoneConfig.of(settings, "keystone_authtoken");
        boolean trusting = settings.choice("DEFAULT", "auth_strategy", "keystone", List.of("keystone", "noauth"))
                .equals("noauth");
        int keep = settings.integer("keystone_authtoken", "token_cache_time", 300, -1, 86_400);
        var nova = KeystoneConfig.of(settings, "nova");
        boolean tellsNova = settings.bool("DEFAULT", "notify_nova_on_port_status_changes", true)
                && !nova.url().isEmpty();
        var http = HttpSettings.of(settings, keystone.forClients());
        var agents = new Agents(Duration.ofSeconds(settings.integer("DEFAULT", "agent_down_time", 75, 1, 86_400)));
        boolean enabled = settings.bool("DEFAULT", "enable_new_agents", true);
        int pairs = settings.integer("DEFAULT", "max_allowed_address_pair", 10, 0, Integer.MAX_VALUE);
        var dhcpSettings = DhcpSettings.of(settings);
        String secret = settings.text("isospin", "agent_secret", "");
        if (!trusting && keystone.url().isEmpty()) {
            settings.fault(
                    "keystone_authtoken",
                    "auth_url",
                    "is missing, and auth_strategy is keystone",
                    "Name Keystone's address there, or set auth_strategy = noauth in [DEFAULT]");
        }
        var database = DatabaseSettings.of(settings);
        settings.check();
        var policy = Policy.of(settings);
        settings.check();

        var store = SqlStore.open(database);
        var provisioning = new Provisioning(agents);
        var placement = new Placement(agents, provisioning, names);
        var dhcpPorts = new DhcpPorts(macs, placement);
        var dhcp = new DhcpAgents(agents, dhcpSettings, dhcpPorts);
        var agentEndpoint = new AgentEndpoint(
                store, agents, dhcp::withoutAgent, Map.of("dhcp-networks", new AgentNetworks(store, dhcp)));
        var subnets = new Subnets(dhcp, dhcpPorts, new AutomaticAddresses(names), new Allocations(policy));
        var networks = new Networks(segments, dhcp);
        store.write(new ConfiguredRanges(segments)::offer);
        var subnetpools = new Subnetpools(policy);
        var router = new Router(Map.ofEntries(
                tagged(
                        new Sharing(networks),
                        store,
                        policy,
                        quotas,
                        Map.of("dhcp-agents", new NetworkAgents(store, agentEndpoint))),
                tagged(subnets, store, policy, quotas, Map.of()),
                tagged(
                        new Ports(macs, names, placement, dhcp, pairs),
                        store,
                        policy,
                        quotas,
                        Map.of("bindings", new Bindings(store, agents, placement))),
                tagged(
                        new Sharing(subnetpools),
                        store,
                        policy,
                        quotas,
                        new SubnetpoolActions(subnetpools, store, policy).handlers()),
                entry(
                        Catalogue.ADDRESS_SCOPE.path(),
                        new Collection(new Sharing(new AddressScopes()), store, policy, quotas)),
                entry(Catalogue.RBAC_POLICY.path(), new Collection(new RbacPolicies(), store, policy, quotas)),
                entry(
                        Segmentation.SEGMENT.path(),
                        new Collection(new SegmentEndpoint(segments), store, policy, quotas)),
                entry(
                        Segmentation.SEGMENT_RANGE.path(),
                        new Collection(new SegmentRangeEndpoint(segments), store, policy, quotas)),
                entry(Catalogue.AGENT.path(), agentEndpoint),
                entry(Segmentation.AVAILABILITY_ZONE.path(), new AvailabilityZones(store)),
                entry("network-ip-availabilities", new IpAvailability(store)),
                entry("quotas", new QuotaHandler(store, quotas)),
                entry("extensions", new Extensions())));
        var feed = new Feed(store, dhcpSettings.servesDisabled());
        Authenticator authenticator = trusting
                ? new TrustedHeaders()
                : new KeystoneTokens(new KeystoneSession(keystone), Duration.ofSeconds(Math.max(keep, 0)));
        var keeper = new DhcpKeeper(store, agents, dhcpSettings, dhcp);
        var reports = new Reports(store, agents, provisioning, dhcp, keeper, enabled);
        var api = new ApiServer(http, router, policy.over(authenticator), new AgentRoutes(feed, reports, secret));
        try {
            StartException.listening(http.host(), http.port(), api::start);
        } catch (StartException e) {
            feed.close();
            store.close();
            throw e;
        }
        String name = ResourceId.random().value();
        var notifier = tellsNova ? new NovaNotifier(store, new KeystoneSession(nova), name) : null;
        var retention = new Retention(store, name, KEPT_CHANGES, tellsNova ? List.of(NovaNotifier.CURSOR) : List.of());
        keeper.start();
        return new Server(store, feed, api, keeper, notifier, retention, database, http.host());
    }

    /** The port that the API listens on. */
    public int port() {
        return api.port();
    }

    /** Whether a client gets any answer, within a few seconds. */
    boolean answers() {
        return Pulse.isThere(host, api.port());
    }

    /** Where its data is, as an operator calls it. */
    String data() {
        return database.name();
    }

    @Override
    public void close() {
        feed.close();
        api.close();
        keeper.close();
        retention.close();
        if (nova != null) {
            nova.close();
        }
        store.close();
    }

    private static Map.Entry<String, Handler> tagged(
            Endpoint endpoint, Store store, Policy policy, Quotas quotas, Map<String, MemberHandler> below) {
        var all = new HashMap<>(below);
        all.put("tags", new Tags(endpoint.resource(), store, policy));
        return entry(endpoint.resource().path(), new Collection(endpoint, store, policy, quotas, all));
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
