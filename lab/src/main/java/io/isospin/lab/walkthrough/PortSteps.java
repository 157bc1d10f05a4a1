package io.isospin.lab.walkthrough;

import static io.isospin.lab.walkthrough.Expectation.field;
import static io.isospin.lab.walkthrough.Expectation.matches;
import static io.isospin.lab.walkthrough.Expectation.refused;
import static io.isospin.lab.walkthrough.Expectation.says;
import static io.isospin.lab.walkthrough.Expectation.works;

import java.util.List;

/** Ports and the namespaces that serve them. */
final class PortSteps {
    private PortSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of("P1", "neutron net-show MyFlatNetwork -f value -c id", works())
                        .saves("FLAT_ID"),
                Step.of(
                                "P1",
                                "neutron port-list --network_id $FLAT_ID --device_owner network:dhcp -f value -c id",
                                works())
                        .saves("DHCP_PORT"),
                Step.of(
                        "P1",
                        NetworkSteps.until("neutron port-show $DHCP_PORT -f value -c status | grep ACTIVE"),
                        works()),
                Step.of(
                        "P1",
                        "neutron port-show $DHCP_PORT",
                        works(),
                        field("admin_state_up", "True"),
                        field("device_owner", "network:dhcp"),
                        matches("device_id\\s*\\|\\s*dhcp[0-9a-f-]{36}-[0-9a-f-]{36}"),
                        says("\"ip_address\": \"192.168.100.2\""),
                        field("binding:vif_type", "bridge"),
                        matches("binding:vif_details.*\"port_filter\": true"),
                        field("binding:vnic_type", "normal"),
                        field("binding:host_id", "controller01"),
                        matches("mac_address\\s*\\|\\s*fa:16:3e(:[0-9a-f]{2}){3}"),
                        field("status", "ACTIVE")),
                Step.of("P2, P4", "on controller01 ip netns", works(), says("qdhcp-")),
                Step.of("P2", "on controller01 ip netns | grep qdhcp-$FLAT_ID", works()),
                Step.of("P3", "neutron port-show $DHCP_PORT -f value -c mac_address", works())
                        .saves("DHCP_MAC"),
                Step.of(
                        "P3",
                        "found=$(on controller01 ip netns exec qdhcp-$FLAT_ID ip addr); echo \"$found\";"
                                + " [[ $found == *\"link/ether $DHCP_MAC\"* ]]",
                        works(),
                        matches(": lo: "),
                        matches(": ns-[0-9a-f]{8}-[0-9a-f]{2}@"),
                        says("inet 192.168.100.2/24"),
                        says("inet 169.254.169.254/")),
                Step.of(
                        "P6",
                        "neutron port-create MyFlatNetwork --name MyPort --fixed-ip ip_address=192.168.100.20"
                                + " --allowed-address-pair ip_address=192.168.100.200"
                                + " --extra-dhcp-opt opt_name=bootfile-name,opt_value=pxelinux.0",
                        works(),
                        says("Created a new port:"),
                        says("\"ip_address\": \"192.168.100.20\""),
                        says("192.168.100.200"),
                        says("pxelinux.0"),
                        field("status", "DOWN")),
                Step.of(
                        "P6",
                        "neutron port-create MyFlatNetwork --fixed-ip ip_address=192.168.100.20",
                        refused("IP address 192.168.100.20 already allocated in subnet")),
                Step.of("P6", "neutron port-list --name MyPort", works(), says("192.168.100.20")),
                Step.of(
                        "P6",
                        "neutron port-update MyPort --name MyPort2 --fixed-ip ip_address=192.168.100.21",
                        works(),
                        says("Updated port: MyPort")),
                Step.of("P6", "neutron port-show MyPort2", works(), says("\"ip_address\": \"192.168.100.21\"")),
                Step.of("P6", "neutron port-delete MyPort2", works(), matches("Deleted port(\\(s\\))?: MyPort2")));
    }
}
