package io.isospin.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isospin.agent.stub.Units;
import io.isospin.core.config.ConfigException;
import io.isospin.core.config.Settings;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.linux.fake.FakeKernel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentConfigTest {
    @TempDir
    Path directory;

    private Settings settings(String text) throws IOException {
        return Settings.read(List.of(Files.writeString(directory.resolve("neutron.conf"), text)));
    }

    @Test
    void readsNeutronsFiles() throws IOException {
        Settings settings = settings("""
                [DEFAULT]
                host = compute01
                state_path = /srv/neutron
                dhcp_domain = cloud.example
                dhcp_lease_duration = 600
                [linux_bridge]
                physical_interface_mappings = physnet2:eth2
                [vxlan]
                local_ip = 172.18.0.101
                [isospin]
                server = http://10.0.0.30:9696/, http://10.0.0.31:9696
                agents = linuxbridge
                """);
        AgentConfig config = AgentConfig.from(settings);
        settings.check();
        assertThat(config.host()).isEqualTo("compute01");
        assertThat(config.agents()).containsExactly(AgentKind.LINUXBRIDGE);
        assertThat(config.server().servers())
                .containsExactly(URI.create("http://10.0.0.30:9696"), URI.create("http://10.0.0.31:9696"));
        assertThat(config.linuxBridge().localIp()).isEqualTo(IpAddress.parse("172.18.0.101"));
        assertThat(config.linuxBridge().mappings()).containsEntry("physnet2", new InterfaceName("eth2"));
        assertThat(config.dhcp().directory()).isEqualTo(Path.of("/srv/neutron/dhcp"));
        assertThat(config.dhcp().dnsDomain()).isEqualTo("cloud.example");
        assertThat(config.dhcp().leaseSeconds()).isEqualTo(600);
    }

    @Test
    void hasNeutronsDefaults() throws IOException {
        Settings settings = settings("[DEFAULT]\n");
        AgentConfig config = AgentConfig.from(settings);
        settings.check();
        assertThat(config.host()).isNotEmpty();
        assertThat(config.statePath()).isEqualTo(Path.of("/var/lib/neutron"));
        assertThat(config.linuxBridge().localIp()).isNull();
        assertThat(config.linuxBridge().udpPort()).isEqualTo(8472);
        assertThat(config.dhcp().dnsDomain()).isEqualTo("openstacklocal");
        assertThat(config.server().servers()).containsExactly(URI.create("http://127.0.0.1:9696"));
    }

    @Test
    void namesEverySettingThatTheHostCanNotFulfil() throws IOException {
        Settings settings = settings("""
                [linux_bridge]
                physical_interface_mappings = physnet2:eth2,physnet3:a/b
                [vxlan]
                local_ip = 172.18.0.101
                [isospin]
                server = controller01
                agents = linuxbridge,dchp
                """);
        AgentConfig config = AgentConfig.from(settings);
        var kernel = new FakeKernel(false);
        kernel.root().addDevice(new InterfaceName("eth0"), Units.mac(1), 1500);
        Preflight.network(settings, config.linuxBridge(), kernel.root().observe());
        assertThatThrownBy(settings::check)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("neutron.conf:2: [linux_bridge] physical_interface_mappings: it names eth2 for"
                        + " physnet2, but this host has no interface eth2")
                .hasMessageContaining("'a/b' is not a name for a network interface")
                .hasMessageContaining("neutron.conf:4: [vxlan] local_ip: no interface of this host has the address")
                .hasMessageContaining("[isospin] server: 'controller01' is not a value for it. Write http://HOST:PORT")
                .hasMessageContaining("there is no agent 'dchp'");
    }

    @Test
    void vxlanNeedsItsAddress() throws IOException {
        Settings settings = settings("[vxlan]\nenable_vxlan = true\n");
        AgentConfig.from(settings);
        assertThatThrownBy(settings::check).hasMessageContaining("Set [vxlan] local_ip to this host's address");
    }
}
