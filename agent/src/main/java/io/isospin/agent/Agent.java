package io.isospin.agent;

import io.isospin.agent.config.AgentConfig;
import io.isospin.agent.config.AgentKind;
import io.isospin.agent.dhcp.DhcpReconciler;
import io.isospin.agent.dhcp.DhcpService;
import io.isospin.agent.l2.L2Planner;
import io.isospin.agent.metadata.Acceptor;
import io.isospin.agent.metadata.Answerer;
import io.isospin.agent.metadata.Limits;
import io.isospin.agent.metadata.MetadataReconciler;
import io.isospin.agent.metadata.NovaMetadata;
import io.isospin.agent.mirror.Change;
import io.isospin.agent.mirror.Desired;
import io.isospin.agent.mirror.HostView;
import io.isospin.agent.mirror.Mirror;
import io.isospin.agent.mirror.Servers;
import io.isospin.agent.mirror.StateFile;
import io.isospin.agent.mirror.StateWriter;
import io.isospin.agent.reconcile.L2Reconciler;
import io.isospin.agent.reconcile.PortReports;
import io.isospin.agent.reconcile.Signals;
import io.isospin.agent.report.AgentList;
import io.isospin.agent.report.Reporter;
import io.isospin.agent.wiring.Sightings;
import io.isospin.core.host.HostState;
import io.isospin.core.host.Report.Entity;
import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.ResourceId;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.process.ProcessTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The parts of an agent, joined; closing it ends its threads and leaves all that it has made as it is. */
public final class Agent implements AutoCloseable {
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final Desired desired = new Desired();
    private final Sightings sightings;
    private final Reporter reporter;
    private final Signals signals = new Signals();

    /** @param dnsmasqAsRoot whether dnsmasq must stay root to read its files */
    public Agent(AgentConfig config, Kernel kernel, ProcessTable processes, boolean dnsmasqAsRoot) {
        var stateFile = new StateFile(config.statePath());
        HostState restored = stateFile.load();
        var servers = new Servers(config.server());
        sightings = new Sightings(config.host(), () -> expected(config));
        reporter = new Reporter(config.host(), servers, new AgentList(config, desired)::agents, sightings);
        var mirror = new Mirror(config.host(), servers, desired, reporter::register);
        desired.onChange(this::renewed);
        desired.onChange(change -> {
            if (!change.before().confirmed()) {
                sightings.expectationsChanged();
            }
        });
        mirror.restore(restored);

        Consumer<InterfaceName> linkListener = link -> {};
        if (config.agents().contains(AgentKind.DHCP)) {
            var service = new DhcpService(kernel, processes, config.dhcp(), dnsmasqAsRoot);
            var dhcp = new DhcpReconciler(
                    config.host(),
                    desired,
                    service,
                    reporter,
                    sightings,
                    config.pollingInterval(),
                    metadata(config, kernel));
            desired.onChange(dhcp::changed);
            linkListener = dhcp::linkChanged;
            parts.add(dhcp);
            dhcp.start();
        }
        var planner = new L2Planner(config.host(), config.linuxBridge(), kernel.hasVlanDevices());
        if (config.agents().contains(AgentKind.LINUXBRIDGE)) {
            linuxBridge(config, kernel, planner).start(linkListener);
        }
        reporter.start();
        mirror.start();
        var writer = new StateWriter(desired, stateFile);
        writer.start();
        parts.add(reporter);
        parts.add(mirror);
        parts.add(writer);
        Rehearsal.run(config, kernel, planner);
    }

    /** What is to hear of networks' namespaces: metadata where this host serves it. */
    private Consumer<ResourceId> metadata(AgentConfig config, Kernel kernel) {
        if (!config.agents().contains(AgentKind.METADATA)) {
            return network -> {};
        }
        if (!config.dhcp().metadata()) {
            System.getLogger(Agent.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "the metadata agent serves no network: neither enable_isolated_metadata nor force_metadata"
                                    + " is set in dhcp_agent.ini");
            return network -> {};
        }
        var nova = new NovaMetadata(config.metadata());
        var acceptor = new Acceptor(Limits.STANDARD, new Answerer(desired::view, nova));
        var metadata = new MetadataReconciler(desired::view, kernel, acceptor, sightings);
        acceptor.start();
        metadata.start();
        parts.add(metadata);
        parts.add(acceptor);
        return metadata::look;
    }

    private L2Reconciler linuxBridge(AgentConfig config, Kernel kernel, L2Planner planner) {
        var l2 = new L2Reconciler(
                config.host(),
                kernel.root(),
                desired::view,
                planner,
                new PortReports(reporter, System::nanoTime, sightings::root),
                signals);
        desired.onChange(change -> signals.wanted());
        parts.add(l2);
        return l2;
    }

    /** What this agent has to look at before the host's devices can be told; empty until the server has been heard. */
    private Optional<Sightings.Expected> expected(AgentConfig config) {
        HostView view = desired.view();
        if (!view.confirmed()) {
            return Optional.empty();
        }
        boolean dhcp = config.agents().contains(AgentKind.DHCP);
        boolean metadata = dhcp
                && config.agents().contains(AgentKind.METADATA)
                && config.dhcp().metadata();
        var inside = new HashSet<ResourceId>();
        var served = new HashSet<ResourceId>();
        for (ResourceId network : dhcp ? view.networks() : Set.<ResourceId>of()) {
            Unit.Dhcp unit = view.servedDhcp(network);
            if (unit != null) {
                inside.add(network);
                if (metadata && unit.subnets().stream().anyMatch(Unit.DhcpSubnet::enabled)) {
                    served.add(network);
                }
            }
        }
        return Optional.of(new Sightings.Expected(config.agents().contains(AgentKind.LINUXBRIDGE), inside, served));
    }

    /** What the server sends again, it wants to hear about again. */
    private void renewed(Change change) {
        for (Unit.Key key : change.renewed()) {
            switch (key.kind()) {
                case PORT -> reporter.outbox().forget(key.id(), Entity.L2);
                case RESERVATION -> reporter.outbox().forget(key.id(), Entity.DHCP);
                case DHCP -> {
                    if (change.after().state().units().get(key) instanceof Unit.Dhcp dhcp) {
                        reporter.outbox().forget(dhcp.port(), Entity.DHCP);
                    }
                }
                case NETWORK, PEER -> {}
            }
        }
    }

    @Override
    public void close() {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                System.getLogger(Agent.class.getName())
                        .log(System.Logger.Level.WARNING, "closing " + part + " failed; going on", e);
            }
        }
    }
}
