package io.isospin.server;

import static io.isospin.core.schema.History.CHANGE;
import static java.util.Map.entry;

import io.isospin.core.config.Explanation;
import io.isospin.core.config.Settings;
import io.isospin.core.net.ResourceId;
import io.isospin.core.schema.Segmentation;
import io.isospin.server.addressscope.AddressScopes;
import io.isospin.server.agent.AgentEndpoint;
import io.isospin.server.agent.Agents;
import io.isospin.server.agent.AvailabilityZones;
import io.isospin.server.agent.Reports;
import io.isospin.server.api.Router;
import io.isospin.server.availability.IpAvailability;
import io.isospin.server.dashboard.Dashboard;
import io.isospin.server.dhcp.AgentNetworks;
import io.isospin.server.dhcp.DhcpAgents;
import io.isospin.server.dhcp.DhcpKeeper;
import io.isospin.server.dhcp.NetworkAgents;
import io.isospin.server.extension.Extensions;
import io.isospin.server.extension.ServiceProviders;
import io.isospin.server.feed.Feed;
import io.isospin.server.history.Changes;
import io.isospin.server.http.AgentRoutes;
import io.isospin.server.http.ApiServer;
import io.isospin.server.http.Pulse;
import io.isospin.server.http.Roots;
import io.isospin.server.identity.Authenticator;
import io.isospin.server.identity.KeystoneSession;
import io.isospin.server.identity.KeystoneTokens;
import io.isospin.server.identity.TrustedHeaders;
import io.isospin.server.network.ConfiguredRanges;
import io.isospin.server.network.Networks;
import io.isospin.server.network.SegmentEndpoint;
import io.isospin.server.network.SegmentRangeEndpoint;
import io.isospin.server.nova.NovaNotifier;
import io.isospin.server.openapi.ApiDocument;
import io.isospin.server.openapi.Published;
import io.isospin.server.port.AutomaticAddresses;
import io.isospin.server.port.Bindings;
import io.isospin.server.port.DhcpPorts;
import io.isospin.server.port.Placement;
import io.isospin.server.port.Ports;
import io.isospin.server.port.Provisioning;
import io.isospin.server.quota.QuotaHandler;
import io.isospin.server.rbac.RbacPolicies;
import io.isospin.server.rbac.Sharing;
import io.isospin.server.store.Retention;
import io.isospin.server.store.Store;
import io.isospin.server.store.sql.Database;
import io.isospin.server.store.sql.SqlStore;
import io.isospin.server.subnet.Subnets;
import io.isospin.server.subnetpool.Allocations;
import io.isospin.server.subnetpool.SubnetpoolActions;
import io.isospin.server.subnetpool.Subnetpools;
import io.isospin.server.watch.Watchers;
import io.isospin.server.wiring.WiringEndpoint;
import io.isospin.server.wiring.Wirings;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The server: what it is made of, in order. */
public final class Server implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Server.class.getName());
    /** Enough for an agent that was away for hours in a busy cloud; some 100 MB. */
    private static final long KEPT_CHANGES = 200_000;
    /** As many as are told to a watcher who comes back. */
    private static final long KEPT_WIRINGS = 10_000;

    private final Store store;
    private final Feed feed;
    private final Watchers watchers;
    private final ApiServer api;
    private final DhcpKeeper keeper;
    private final @Nullable NovaNotifier nova;
    private final Retention retention;
    private final Database database;
    private final String host;

    private Server(
            Store store,
            Feed feed,
            Watchers watchers,
            ApiServer api,
            DhcpKeeper keeper,
            @Nullable NovaNotifier nova,
            Retention retention,
            Database database,
            String host) {
        this.store = store;
        this.feed = feed;
        this.watchers = watchers;
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
        var config = ServerConfig.of(settings);
        settings.check();
        Explanation.warn(settings, line -> LOG.log(Level.WARNING, line));

        var store = SqlStore.open(config.database());
        var agents = new Agents(config.agentDownTime());
        var provisioning = new Provisioning(agents);
        var placement = new Placement(agents, provisioning, config.names());
        var dhcpPorts = new DhcpPorts(config.macs(), placement);
        var dhcp = new DhcpAgents(agents, config.dhcp(), dhcpPorts);
        var agentEndpoint = new AgentEndpoint(agents, List.of(dhcp::withoutAgent, Wirings::withoutAgent));
        var subnets =
                new Subnets(dhcp, dhcpPorts, new AutomaticAddresses(config.names()), new Allocations(config.policy()));
        var networks = new Networks(config.segments(), dhcp);
        store.write(new ConfiguredRanges(config.segments())::offer);
        store.write(networks::complete);
        var subnetpools = new Subnetpools(config.policy());
        var watchers = new Watchers(store, config.policy());
        var shelf = new Shelf(store, config.policy(), config.quotas(), watchers);
        var router = new Router(Map.ofEntries(
                shelf.tagged(
                        new Sharing(networks),
                        Map.of("dhcp-agents", new NetworkAgents(store, agentEndpoint, config.policy()))),
                shelf.tagged(subnets, Map.of()),
                shelf.tagged(
                        new Ports(config.macs(), config.names(), placement, dhcp, config.pairs()),
                        Map.of("bindings", new Bindings(store, agents, placement, config.policy()))),
                shelf.tagged(
                        new Sharing(subnetpools),
                        new SubnetpoolActions(subnetpools, store, config.policy()).handlers()),
                shelf.plain(new Sharing(new AddressScopes())),
                shelf.plain(new RbacPolicies()),
                shelf.plain(new SegmentEndpoint(config.segments())),
                shelf.plain(new WiringEndpoint()),
                shelf.tagged(new SegmentRangeEndpoint(config.segments()), Map.of()),
                shelf.collection(
                        agentEndpoint, Map.of("dhcp-networks", new AgentNetworks(store, dhcp, config.policy()))),
                entry(Segmentation.AVAILABILITY_ZONE.path(), new AvailabilityZones(store, config.policy())),
                shelf.watched(CHANGE, new Changes(store, config.policy())),
                entry("network-ip-availabilities", new IpAvailability(store, config.policy())),
                entry("quotas", new QuotaHandler(store, config.quotas(), config.policy())),
                entry("service-providers", new ServiceProviders()),
                entry(
                        "extensions",
                        new Extensions(config.segments().vlanTransparent() ? Set.of() : Set.of("vlan-transparent")))));
        var feed = new Feed(store, config.dhcp().servesDisabled());
        var keeper = new DhcpKeeper(store, agents, config.dhcp(), dhcp);
        var reports = new Reports(store, agents, provisioning, dhcp, keeper, config.enablesAgents());
        var api = new ApiServer(
                config.http(),
                router,
                config.policy().over(authenticator(config)),
                new AgentRoutes(feed, reports, config.agentSecret()),
                new Published(() -> ApiDocument.of(
                        Roots.open(),
                        Stream.concat(Roots.guarded().stream(), router.operations().stream())
                                .toList())),
                config.trustsHeaders() ? Dashboard.withoutIdentity() : Dashboard.with(config.keystone()));
        try {
            StartException.listening(config.http().host(), config.http().port(), api::start);
        } catch (StartException e) {
            feed.close();
            watchers.close();
            store.close();
            throw e;
        }
        String name = ResourceId.random().value();
        var notifier = config.tellsNova() ? new NovaNotifier(store, new KeystoneSession(config.nova()), name) : null;
        var retention = new Retention(
                store, name, KEPT_CHANGES, KEPT_WIRINGS, config.tellsNova() ? List.of(NovaNotifier.CURSOR) : List.of());
        keeper.start();
        return new Server(
                store,
                feed,
                watchers,
                api,
                keeper,
                notifier,
                retention,
                config.database(),
                config.http().host());
    }

    private static Authenticator authenticator(ServerConfig config) {
        return config.trustsHeaders()
                ? new TrustedHeaders()
                : new KeystoneTokens(new KeystoneSession(config.keystone()), config.tokens());
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
        watchers.close();
        api.close();
        keeper.close();
        retention.close();
        if (nova != null) {
            nova.close();
        }
        store.close();
    }
}
