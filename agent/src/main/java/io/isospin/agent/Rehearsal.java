package io.isospin.agent;

import io.isospin.agent.config.AgentConfig;
import io.isospin.agent.dhcp.DhcpService;
import io.isospin.agent.l2.L2Planner;
import io.isospin.agent.mirror.HostView;
import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.HostJson;
import io.isospin.core.host.HostState;
import io.isospin.core.host.Unit;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.core.net.Segment;
import io.isospin.core.net.VlanId;
import io.isospin.core.net.Vni;
import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.kernel.Operation;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Goes through the motions of a first network once, in a namespace that nothing else uses, so that its classes are
 * loaded when the real one comes: loading them then cost 100 ms of the 150 in which dnsmasq is to answer.
 */
final class Rehearsal {
    /** A namespace of its own for the moment, so that the host's are left alone. */
    private static final String STAGE = "isospin-rehearsal";

    private Rehearsal() {}

    static void run(AgentConfig config, Kernel kernel, L2Planner planner) {
        Thread.ofPlatform().name("rehearsal").daemon().start(() -> {
            try {
                play(config, kernel, planner);
            } catch (RuntimeException e) {
                System.getLogger(Rehearsal.class.getName()).log(Level.DEBUG, "the rehearsal failed; no harm done", e);
            }
        });
    }

    private static void play(AgentConfig config, Kernel kernel, L2Planner planner) {
        HostState state = HostState.EMPTY;
        for (Unit unit : units()) {
            FeedMessage message = HostJson.feedMessage(HostJson.text(new FeedMessage.Put(unit)));
            state = state.with(List.of(message, new FeedMessage.At("rehearsal", 1)));
        }
        HostView view = HostView.of(state, false);
        planner.plan(view, kernel.root().observe(), device -> false);
        DhcpService.rehearse(view, config.dhcp());
        NetworkNamespace stage = kernel.namespace(STAGE);
        try {
            stage.observe();
            stage.sysctl("net/ipv6/conf/default/accept_ra");
            stage.apply(devices(kernel.hasVlanDevices()));
            stage.observe();
            stage.start(Command.of("true")).waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            kernel.delete(STAGE);
        }
    }

    private static List<Operation> devices(boolean vlanDevices) {
        var trunk = new InterfaceName("stage0");
        var vlan = new VlanId(1);
        InterfaceName tagged = InterfaceName.vlan(trunk, vlan);
        var bridge = new InterfaceName("stage-br");
        var tunnel = new InterfaceName("stage-vxlan");
        IpAddress address = IpAddress.parse("192.0.2.2");
        return List.of(
                new Operation.CreateVeth(trunk, new InterfaceName("stage1"), STAGE, null, 1500),
                vlanDevices
                        ? new Operation.CreateVlan(tagged, trunk, vlan, 1500)
                        : new Operation.CreateTaggedPair(tagged, trunk, vlan, 1500),
                new Operation.CreateBridge(bridge, 1500),
                new Operation.CreateVxlan(tunnel, new Vni(1), IpAddress.parse("127.0.0.1"), 8472, 1450, false),
                new Operation.SetMaster(tagged, bridge),
                new Operation.SetUp(bridge, true),
                new Operation.AddFdb(tunnel, new MacAddress(0), address),
                new Operation.AddAddress(trunk, address, 24),
                new Operation.SetUp(trunk, true),
                new Operation.AddRoute(IpPrefix.parse("0.0.0.0/0"), address.plus(1), trunk));
    }

    private static List<Unit> units() {
        var network = new ResourceId("00000000-0000-4000-8000-000000000000");
        var mac = new MacAddress(0xfa_16_3e_00_00_00L);
        IpAddress address = IpAddress.parse("192.0.2.2");
        var subnet = new Unit.DhcpSubnet(
                network,
                IpPrefix.parse("192.0.2.0/24"),
                true,
                address,
                address,
                List.of(address),
                List.of(new Unit.HostRoute(IpPrefix.parse("198.51.100.0/24"), address)),
                null,
                null);
        return List.of(
                new Unit.Network(network, new Segment.Vxlan(new Vni(1)), 1450, true),
                new Unit.Port(network, network, mac, List.of(address), "rehearsal", true, false),
                new Unit.Peer(network, network, mac, List.of(address), address),
                new Unit.Dhcp(network, network, mac, "", 1450, List.of(subnet)),
                new Unit.Reservation(
                        network,
                        network,
                        mac,
                        List.of(new Unit.ReservedAddress(network, address)),
                        null,
                        List.of(new Unit.ExtraOption("ntp-server", "192.0.2.3", 4)),
                        "",
                        ""));
    }
}
