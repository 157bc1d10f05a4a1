package io.isospin.lab.walkthrough;

import static io.isospin.lab.walkthrough.Expectation.field;
import static io.isospin.lab.walkthrough.Expectation.fields;
import static io.isospin.lab.walkthrough.Expectation.matches;
import static io.isospin.lab.walkthrough.Expectation.refused;
import static io.isospin.lab.walkthrough.Expectation.says;
import static io.isospin.lab.walkthrough.Expectation.saysNot;
import static io.isospin.lab.walkthrough.Expectation.works;

import java.util.List;

/** Networks: flat, VLAN and a project's own. */
final class NetworkSteps {
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String FLAT = "--provider:network_type=flat --provider:physical_network=physnet2 --shared";
    private static final String VLAN =
            "--provider:network_type=vlan --provider:physical_network=physnet2" + " --provider:segmentation_id=";

    private NetworkSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(
                        "N1",
                        "neutron net-create MyFlatNetwork " + FLAT,
                        works(),
                        says("Created a new network:"),
                        fields("created_at", "updated_at", "description", "project_id", "revision_number"),
                        field("admin_state_up", "True"),
                        field("id", UUID),
                        field("mtu", "1500"),
                        field("name", "MyFlatNetwork"),
                        field("provider:network_type", "flat"),
                        field("provider:physical_network", "physnet2"),
                        field("provider:segmentation_id", ""),
                        field("router:external", "False"),
                        field("shared", "True"),
                        field("status", "ACTIVE"),
                        field("subnets", ""),
                        field("tenant_id", "\\w+")),
                Step.of(
                        "N2",
                        "neutron net-create MyFlatNetwork2 " + FLAT,
                        refused("Unable to create the flat network. Physical network physnet2 is in use.")),
                Step.of(
                        "N3",
                        "neutron net-create " + VLAN + "200 --shared MyVLANNetwork",
                        works(),
                        field("provider:network_type", "vlan"),
                        field("provider:segmentation_id", "200")),
                Step.of(
                        "N4",
                        "neutron net-create " + VLAN + "201 --shared MyVLANNetwork2",
                        works(),
                        field("provider:segmentation_id", "201")),
                Step.of(
                        "N4",
                        "neutron net-create " + VLAN + "201 --shared MyVLANNetwork3",
                        refused("Unable to create the network. The VLAN 201 on physical network physnet2 is in use.")),
                Step.of("N5", "neutron net-create MyUserNetwork", works(), fields("mtu"), saysNot("provider:"))
                        .as("demo"),
                Step.of(
                        "N5",
                        "neutron net-show MyUserNetwork",
                        works(),
                        field("provider:network_type", "vxlan"),
                        field("provider:segmentation_id", "([1-9]\\d{0,2}|1000)"),
                        field("mtu", "1450")),
                Step.of(
                        "N6",
                        "neutron net-list",
                        works(),
                        matches("^\\|\\s*id\\s*\\|\\s*name\\s*\\|.*\\|\\s*subnets\\s*\\|"),
                        says("MyFlatNetwork"),
                        says("MyVLANNetwork2")),
                Step.of(
                        "N6",
                        "neutron net-show MyFlatNetwork -F mtu -F name",
                        works(),
                        saysNot("status"),
                        says("1500")),
                Step.of("N6", "neutron net-show MyFlatNetwork -f value -c id", works(), matches("^" + UUID + "$"))
                        .saves("FLAT_ID"),
                Step.of("N6", "neutron net-show $FLAT_ID -f json", works(), matches("\"name\": \"MyFlatNetwork\"")),
                Step.of(
                        "N6",
                        "neutron net-list -c name -f value --sort-key name --sort-dir desc --provider:network_type vlan",
                        works(),
                        matches("MyVLANNetwork2\\s+MyVLANNetwork\\s*\\z")),
                Step.of("N6", "neutron net-create Twin && neutron net-create Twin", works()),
                Step.of("N6", "neutron net-show Twin", refused("Multiple network matches found for name 'Twin'")),
                Step.of(
                        "N6",
                        "for id in $(neutron net-list --name Twin -f value -c id); do neutron net-delete $id; done",
                        works(),
                        matches("Deleted network(\\(s\\))?: " + UUID)),
                Step.of(
                        "N7",
                        "neutron net-update MyVLANNetwork --router:external=True --shared=False --admin-state-up=False",
                        works(),
                        says("Updated network: MyVLANNetwork")),
                Step.of(
                        "N7, N10",
                        "neutron net-show MyVLANNetwork",
                        works(),
                        field("router:external", "True"),
                        field("shared", "False"),
                        field("admin_state_up", "False")),
                Step.of(
                        "N10",
                        "neutron net-list --router:external True -c name -f value",
                        works(),
                        says("MyVLANNetwork")),
                Step.of("N8", "neutron subnet-create MyUserNetwork 10.200.0.0/24", works()),
                Step.of("N8", "neutron net-show MyUserNetwork -f value -c id", works())
                        .saves("USER_ID"),
                Step.of(
                        "N8",
                        until("on controller01 ip netns exec qdhcp-$USER_ID pgrep -f dnsmasq.*$USER_ID"),
                        works()),
                Step.of("N8", "neutron net-update MyUserNetwork --admin-state-up=False", works()),
                Step.of("N8", until("! on controller01 ip netns | grep qdhcp-$USER_ID"), works()),
                Step.of("N8", "neutron net-update MyUserNetwork --admin-state-up=True", works()),
                Step.of(
                        "N8",
                        until("on controller01 ip netns exec qdhcp-$USER_ID pgrep -f dnsmasq.*$USER_ID"),
                        works()),
                Step.of("N9", "neutron net-create Common --shared", works()),
                Step.of("N9", "neutron port-create Common -f value -c id | tail -n 1", works())
                        .as("demo")
                        .saves("PORT_ID"),
                Step.of(
                        "N9",
                        "neutron net-update Common --shared=False",
                        refused("Unable to reconfigure sharing settings for network")),
                Step.of(
                        "N11",
                        "neutron net-delete Common",
                        refused("There are one or more ports still in use on the network")),
                Step.of("N9", "neutron port-delete $PORT_ID", works()).as("demo"),
                Step.of("N9", "neutron net-update Common --shared=False", works()),
                Step.of("N9", "neutron net-show Common", refused("Unable to find network with name or id 'Common'"))
                        .as("demo"),
                Step.of("N11", "neutron net-delete Common", works(), matches("Deleted network(\\(s\\))?: Common")),
                Step.of(
                        "N11",
                        "neutron net-delete MyVLANNetwork",
                        works(),
                        matches("Deleted network(\\(s\\))?: MyVLANNetwork")),
                Step.of("N11", "neutron net-show MyVLANNetwork2 -f value -c id", works())
                        .saves("VLAN_ID"),
                Step.of("N11", "neutron net-delete $VLAN_ID", works(), matches("Deleted network(\\(s\\))?: " + UUID)),
                Step.of("N11", "neutron net-list -c name -f value", works(), saysNot("MyVLANNetwork")));
    }

    /** A command that is tried until it works, for ten seconds at the most. */
    static String until(String command) {
        return "try " + "'" + command + "'";
    }
}
