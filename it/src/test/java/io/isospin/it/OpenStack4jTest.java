package io.isospin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isospin.lab.identity.Directory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openstack4j.api.Builders;
import org.openstack4j.api.OSClient.OSClientV3;
import org.openstack4j.api.exceptions.ClientResponseException;
import org.openstack4j.model.common.Identifier;
import org.openstack4j.model.network.Agent;
import org.openstack4j.model.network.IPVersionType;
import org.openstack4j.model.network.Network;
import org.openstack4j.model.network.NetworkType;
import org.openstack4j.model.network.Port;
import org.openstack4j.model.network.State;
import org.openstack4j.model.network.Subnet;
import org.openstack4j.openstack.OSFactory;

/** A Java client that others wrote, from logging in to deleting. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenStack4jTest {
    @TempDir
    static Path folder;

    private SmallCloud cloud;
    private OSClientV3 client;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        cloud = new SmallCloud(folder);
        cloud.agentsOf("network1");
        var domain = Identifier.byName(Directory.DOMAIN_NAME);
        client = OSFactory.builderV3()
                .endpoint(cloud.identityUrl())
                .credentials("admin", SmallCloud.PASSWORD, domain)
                .scopeToProject(Identifier.byName("admin"), domain)
                .authenticate();
    }

    @AfterAll
    void stop() {
        cloud.close();
    }

    private Network network(String name) {
        return client.networking()
                .network()
                .create(Builders.network().name(name).adminStateUp(true).build());
    }

    private Subnet subnet(Network network, String cidr) {
        return client.networking()
                .subnet()
                .create(Builders.subnet()
                        .name("s")
                        .networkId(network.getId())
                        .ipVersion(IPVersionType.V4)
                        .cidr(cidr)
                        .build());
    }

    @Test
    void networksFromCreatingToDeleting() {
        var networks = client.networking().network();
        var provider = networks.create(Builders.network()
                .name("flat")
                .networkType(NetworkType.FLAT)
                .physicalNetwork("physnet2")
                .isShared(true)
                .build());
        assertThat(provider.getStatus()).isEqualTo(State.ACTIVE);
        assertThat(provider.getNetworkType()).isEqualTo(NetworkType.FLAT);
        assertThat(provider.getProviderPhyNet()).isEqualTo("physnet2");
        assertThat(provider.isShared()).isTrue();
        var plain = network("plain");
        assertThat(plain.getNetworkType()).isEqualTo(NetworkType.VXLAN);
        assertThat(plain.getMTU()).isEqualTo(1450);

        var renamed = networks.update(
                plain.getId(),
                Builders.networkUpdate().name("renamed").adminStateUp(false).build());
        assertThat(renamed.getName()).isEqualTo("renamed");
        assertThat(renamed.isAdminStateUp()).isFalse();
        assertThat(networks.list(Map.of("name", "renamed")))
                .extracting(Network::getId)
                .containsExactly(plain.getId());
        assertThat(networks.get(plain.getId()).getName()).isEqualTo("renamed");

        assertThat(networks.delete(plain.getId()).isSuccess()).isTrue();
        assertThat(networks.get(plain.getId())).isNull();
        assertThat(networks.delete(provider.getId()).isSuccess()).isTrue();
    }

    @Test
    void subnetsWithPoolsRoutesAndNameServers() {
        var network = network("with-subnets");
        var subnets = client.networking().subnet();
        var subnet = subnets.create(Builders.subnet()
                .name("pools")
                .networkId(network.getId())
                .ipVersion(IPVersionType.V4)
                .cidr("192.168.204.0/24")
                .addPool("192.168.204.50", "192.168.204.99")
                .addPool("192.168.204.200", "192.168.204.253")
                .gateway("192.168.204.1")
                .enableDHCP(true)
                .addDNSNameServer("8.8.8.8")
                .addHostRoute("10.0.0.0/24", "192.168.204.1")
                .build());
        assertThat(subnet.getAllocationPools()).hasSize(2);
        assertThat(subnet.getGateway()).isEqualTo("192.168.204.1");
        assertThat(subnet.getDnsNames()).containsExactly("8.8.8.8");
        assertThat(subnet.getHostRoutes()).hasSize(1);
        var six = subnets.create(Builders.subnet()
                .networkId(network.getId())
                .ipVersion(IPVersionType.V6)
                .cidr("2001:db8::/64")
                .build());
        assertThat(six.getGateway()).isEqualTo("2001:db8::");
        assertThat(subnets.list().stream()
                        .filter(one -> one.getNetworkId().equals(network.getId()))
                        .map(Subnet::getCidr))
                .containsExactlyInAnyOrder(subnet.getCidr(), "2001:db8::/64");
        assertThat(subnets.update(
                                subnet.getId(),
                                subnet.toBuilder().name("renamed").build())
                        .getName())
                .isEqualTo("renamed");
        assertThat(subnets.delete(six.getId()).isSuccess()).isTrue();
        assertThat(client.networking().network().delete(network.getId()).isSuccess())
                .isTrue();
    }

    @Test
    void portsWithAddressesPairsAndOptions() {
        var network = network("with-ports");
        var subnet = subnet(network, "10.9.0.0/24");
        var ports = client.networking().port();
        var port = ports.create(Builders.port()
                .name("p")
                .networkId(network.getId())
                .fixedIp("10.9.0.77", subnet.getId())
                .allowedAddressPair("10.9.0.200", "fa:16:3e:00:00:07")
                .build());
        assertThat(port.getFixedIps())
                .singleElement()
                .satisfies(ip -> assertThat(ip.getIpAddress()).isEqualTo("10.9.0.77"));
        assertThat(port.getAllowedAddressPairs()).hasSize(1);
        assertThat(port.getMacAddress()).startsWith("fa:16:3e:");
        assertThat(port.getState()).isEqualTo(State.DOWN);
        String id = port.getId();
        // Its change of a port sends back when the port was made, and takes the id from the object that it is given.
        assertThatThrownBy(() -> ports.update(port.toBuilder().name("renamed").build()))
                .isInstanceOf(ClientResponseException.class)
                .hasMessageContaining("Cannot update read-only attribute created_at");
        assertThat(ports.get(id).getName()).isEqualTo("p");

        var several = ports.create(List.of(
                Builders.port().name("a").networkId(network.getId()).build(),
                Builders.port().name("b").networkId(network.getId()).build()));
        assertThat(several).extracting(Port::getName).containsExactly("a", "b");

        assertThatThrownBy(() -> ports.create(Builders.port()
                        .networkId(network.getId())
                        .fixedIp("10.9.0.77", subnet.getId())
                        .build()))
                .isInstanceOf(ClientResponseException.class)
                .hasMessageContaining("10.9.0.77");
        var refused = client.networking().network().delete(network.getId());
        assertThat(refused.isSuccess()).isFalse();
        assertThat(refused.getFault()).contains("There are one or more ports still in use on the network");

        for (var one : List.of(id, several.get(0).getId(), several.get(1).getId())) {
            assertThat(ports.delete(one).isSuccess()).isTrue();
        }
        assertThat(client.networking().network().delete(network.getId()).isSuccess())
                .isTrue();
    }

    @Test
    void quotas() {
        var quotas = client.networking().quotas();
        String project = "0123456789abcdef0123456789abcdef";
        assertThat(quotas.get(project).getNetwork()).isEqualTo(100);
        // It names the quotas of routers and security groups with every change.
        assertThatThrownBy(() -> quotas.updateForTenant(
                        project,
                        Builders.netQuota().network(3).subnet(4).port(5).build()))
                .isInstanceOf(ClientResponseException.class)
                .hasMessageContaining("Unrecognized attribute(s)")
                .hasMessageContaining("router");
        assertThat(quotas.get(project).getPort()).isEqualTo(500);
        assertThat(quotas.reset(project).getFault()).contains("could not be found");
        assertThat(quotas.get(project).getNetwork()).isEqualTo(100);
    }

    @Test
    void agentsAndZones() {
        var agents = client.networking().agent();
        assertThat(agents.list()).hasSize(2);
        assertThat(agents.list().stream().filter(agent -> agent.getAgentType() == Agent.Type.DHCP))
                .singleElement()
                .satisfies(agent -> {
                    assertThat(agent.getAlive()).isTrue();
                    assertThat(agent.getHost()).isEqualTo("network1");
                });
        assertThat(client.networking().availabilityzone().list())
                .anySatisfy(zone -> assertThat(zone.getName()).isEqualTo("nova"));
    }
}
