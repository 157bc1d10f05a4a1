package io.isospin.lab.launch;

import io.isospin.lab.host.HostPlan;
import io.isospin.lab.host.LabException;
import io.isospin.lab.host.LabPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Each host's files in /etc. A file that a person has taken over, by removing the line that says whose it is, is left
 * as it is.
 */
final class HostFiles {
    private static final String MARK =
            "# Written by \"isospin lab\" at every start. Remove this line to keep what you change.";

    // Read at each boot, attachment and move.
    private static final String NOVA = MARK + """

            [DEFAULT]
            vif_plugging_is_fatal = true
            vif_plugging_timeout = 30
            """;

    private final LabPlan plan;
    private final Secrets secrets;
    private final Ports ports;

    HostFiles(LabPlan plan, Secrets secrets, Ports ports) {
        this.plan = plan;
        this.secrets = secrets;
        this.ports = ports;
    }

    void write() {
        for (var host : plan.hosts()) {
            Path etc = plan.hostState(host.name()).resolve("etc");
            texts(host).forEach((name, text) -> write(etc.resolve(name), text));
        }
    }

    /** The files of a host, by their path below /etc. */
    Map<String, String> texts(HostPlan host) {
        boolean controller = host.equals(plan.controller());
        var texts = new LinkedHashMap<String, String>();
        texts.put("hostname", host.name() + "\n");
        texts.put("hosts", hosts());
        texts.put("neutron/neutron.conf", controller ? controllerConf(host) : agentConf(host));
        texts.put("neutron/plugins/ml2/ml2_conf.ini", ml2());
        texts.put("neutron/plugins/ml2/linuxbridge_agent.ini", linuxbridge(host));
        if (controller) {
            texts.put("neutron/dhcp_agent.ini", dhcp());
            texts.put("neutron/metadata_agent.ini", metadata(host));
        } else {
            texts.put("nova/nova.conf", NOVA);
        }
        return texts;
    }

    private String hosts() {
        var text = new StringBuilder("127.0.0.1 localhost\n::1 localhost\n");
        plan.hosts()
                .forEach(host -> text.append(host.management())
                        .append(' ')
                        .append(host.name())
                        .append('\n'));
        return text.toString();
    }

    private String controllerConf(HostPlan host) {
        String identity = "http://" + host.management() + ":" + ports.identity() + "/v3";
        return MARK
                + """

                [DEFAULT]
                bind_host = %1$s
                bind_port = %2$d
                core_plugin = ml2
                auth_strategy = keystone
                notify_nova_on_port_status_changes = true
                notify_nova_on_port_data_changes = true
                dhcp_agents_per_network = 1
                state_path = %3$s

                [database]
                connection = sqlite:///%4$s

                [keystone_authtoken]
                www_authenticate_uri = %5$s
                auth_url = %5$s
                auth_type = password
                project_domain_name = Default
                user_domain_name = Default
                project_name = service
                username = neutron
                password = %6$s

                [nova]
                auth_url = %5$s
                auth_type = password
                project_domain_name = Default
                user_domain_name = Default
                region_name = RegionOne
                project_name = service
                username = nova
                password = %7$s

                """.formatted(
                                host.management(),
                                ports.network(),
                                statePath(host),
                                plan.state().resolve("neutron.sqlite"),
                                identity,
                                secrets.of("neutron"),
                                secrets.of("nova"))
                + isospin(host);
    }

    private String agentConf(HostPlan host) {
        return MARK + "\n[DEFAULT]\nstate_path = " + statePath(host) + "\n\n" + isospin(host);
    }

    private String isospin(HostPlan host) {
        return """
                [isospin]
                server = http://%s:%d
                agents = %s
                agent_secret = %s
                """.formatted(
                plan.controller().management(), ports.network(), String.join(",", host.agents()), secrets.of("agent"));
    }

    private String ml2() {
        return MARK + """

                [ml2]
                type_drivers = flat,vlan,vxlan
                tenant_network_types = vxlan,vlan
                mechanism_drivers = linuxbridge,l2population

                [ml2_type_flat]
                flat_networks = physnet2

                [ml2_type_vlan]
                network_vlan_ranges = physnet2:30:33

                [ml2_type_vxlan]
                vni_ranges = 1:1000
                """;
    }

    private String linuxbridge(HostPlan host) {
        return MARK + """

                [securitygroup]
                firewall_driver = neutron.agent.linux.iptables_firewall.IptablesFirewallDriver

                [linux_bridge]
                physical_interface_mappings = physnet2:eth2

                [vxlan]
                enable_vxlan = true
                l2_population = true
                local_ip = %s
                """.formatted(host.tunnel());
    }

    private String dhcp() {
        return MARK + """

                [DEFAULT]
                interface_driver = linuxbridge
                dhcp_driver = neutron.agent.linux.dhcp.Dnsmasq
                enable_isolated_metadata = true
                """;
    }

    private String metadata(HostPlan host) {
        return MARK + """

                [DEFAULT]
                nova_metadata_host = %s
                nova_metadata_port = %d
                metadata_proxy_shared_secret = %s
                """.formatted(host.management(), ports.metadata(), secrets.of("metadata"));
    }

    private Path statePath(HostPlan host) {
        return plan.hostState(host.name()).resolve("neutron");
    }

    private static void write(Path file, String text) {
        try {
            if (text.startsWith(MARK)
                    && Files.exists(file)
                    && !Files.readString(file).startsWith(MARK)) {
                return;
            }
            Files.createDirectories(file.getParent());
            if (text.contains("password") || text.contains("secret")) {
                Secrets.writePrivately(file, text);
            } else {
                Files.writeString(file, text);
            }
        } catch (IOException e) {
            throw new LabException("The settings file " + file + " cannot be written: " + e, e);
        }
    }
}
