package io.isospin.lab.walkthrough;

import static io.isospin.lab.walkthrough.Expectation.field;
import static io.isospin.lab.walkthrough.Expectation.fields;
import static io.isospin.lab.walkthrough.Expectation.refused;
import static io.isospin.lab.walkthrough.Expectation.says;
import static io.isospin.lab.walkthrough.Expectation.works;

import java.util.List;

/** Subnets: made, listed, shown, and changed in the order that the gateway allows. */
final class SubnetSteps {
    private static final String POOL = "--allocation-pool start=192.168.100.2,end=192.168.100.22";
    private static final String DNS = "--dns-nameservers 168.126.63.1 168.126.63.2";
    private static final String GATEWAY =
            "--gateway_ip=192.168.100.100 --host-route destination=10.0.0.0/24,nexthop=192.168.100.100";

    private SubnetSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(
                        "S1",
                        "neutron subnet-create MyFlatNetwork 192.168.100.0/24 --name MyFlatSubnet --ip-version=4"
                                + " --dns-nameservers 8.8.8.8 8.8.4.4",
                        works(),
                        says("Created a new subnet:"),
                        says("{\"start\": \"192.168.100.2\", \"end\": \"192.168.100.254\"}"),
                        field("cidr", "192.168.100.0/24"),
                        says("8.8.8.8"),
                        says("8.8.4.4"),
                        field("enable_dhcp", "True"),
                        field("gateway_ip", "192.168.100.1"),
                        field("ip_version", "4"),
                        field("name", "MyFlatSubnet"),
                        fields("host_routes", "ipv6_address_mode", "ipv6_ra_mode", "subnetpool_id", "network_id")),
                Step.of("S2", "neutron subnet-list", works(), says("MyFlatSubnet"), says("192.168.100.0/24")),
                Step.of(
                        "S2",
                        "neutron subnet-show MyFlatSubnet",
                        works(),
                        says("{\"start\": \"192.168.100.2\", \"end\": \"192.168.100.254\"}"),
                        field("gateway_ip", "192.168.100.1")),
                Step.of(
                        "S3",
                        "neutron subnet-update MyFlatSubnet " + DNS + " " + POOL + " " + GATEWAY,
                        refused(
                                "Gateway ip 192.168.100.100 conflicts with allocation pool 192.168.100.2-192.168.100.254")),
                Step.of(
                        "S3",
                        "neutron subnet-show MyFlatSubnet",
                        works(),
                        field("gateway_ip", "192.168.100.1"),
                        says("8.8.8.8"),
                        says("192.168.100.254")),
                Step.of(
                        "S4",
                        "neutron subnet-update MyFlatSubnet " + DNS + " " + POOL,
                        works(),
                        says("Updated subnet: MyFlatSubnet")),
                Step.of(
                        "S4",
                        "neutron subnet-update MyFlatSubnet " + GATEWAY,
                        works(),
                        says("Updated subnet: MyFlatSubnet")),
                Step.of(
                        "S4",
                        "neutron subnet-show MyFlatSubnet",
                        works(),
                        says("{\"start\": \"192.168.100.2\", \"end\": \"192.168.100.22\"}"),
                        says("168.126.63.1"),
                        says("168.126.63.2"),
                        field("gateway_ip", "192.168.100.100"),
                        says("{\"destination\": \"10.0.0.0/24\", \"nexthop\": \"192.168.100.100\"}")),
                Step.of(
                        "S5",
                        "neutron subnet-update MyFlatSubnet --name Renamed --enable-dhcp=False"
                                + " && neutron subnet-show Renamed",
                        works(),
                        field("enable_dhcp", "False"),
                        field("name", "Renamed")),
                Step.of(
                        "S5",
                        "neutron subnet-update Renamed --name MyFlatSubnet --enable-dhcp=True",
                        works(),
                        says("Updated subnet: Renamed")),
                Step.of("S6", "neutron net-create MyPoolNetwork", works()).as("demo"),
                Step.of(
                                "S6",
                                "neutron subnet-create MyPoolNetwork 192.168.204.0/24 --name MyUserSubnet"
                                        + " --allocation-pool start=192.168.204.50,end=192.168.204.99"
                                        + " --allocation-pool start=192.168.204.200,end=192.168.204.253"
                                        + " --dns-nameserver 8.8.4.4 --dns-nameserver 8.8.8.8",
                                works(),
                                says("{\"start\": \"192.168.204.50\", \"end\": \"192.168.204.99\"}"),
                                says("{\"start\": \"192.168.204.200\", \"end\": \"192.168.204.253\"}"),
                                field("gateway_ip", "192.168.204.1"))
                        .as("demo"),
                Step.of("S7", "neutron subnet-create MyPoolNetwork 10.201.0.0/24", works())
                        .as("demo"),
                Step.of(
                                "S7",
                                "neutron subnet-create MyPoolNetwork 10.201.0.128/25",
                                refused("overlaps with another subnet"))
                        .as("demo"));
    }
}
