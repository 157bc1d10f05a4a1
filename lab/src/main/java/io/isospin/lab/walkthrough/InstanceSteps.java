package io.isospin.lab.walkthrough;

import static io.isospin.lab.walkthrough.Expectation.matches;
import static io.isospin.lab.walkthrough.Expectation.says;
import static io.isospin.lab.walkthrough.Expectation.saysNot;
import static io.isospin.lab.walkthrough.Expectation.works;

import java.util.ArrayList;
import java.util.List;

/** Instances on both compute hosts, on all three kinds of network. */
final class InstanceSteps {
    private InstanceSteps() {}

    static List<Step> all() {
        var steps = new ArrayList<Step>();
        steps.add(Step.of(
                "I5",
                "neutron net-create MyVLANNetwork --shared --provider:network_type=vlan"
                        + " --provider:physical_network=physnet2 --provider:segmentation_id=200"
                        + " && neutron subnet-create MyVLANNetwork 192.168.200.0/24",
                works()));
        steps.add(Step.of(
                "I5",
                "neutron net-create MyVLANNetwork2 --shared --provider:network_type=vlan"
                        + " --provider:physical_network=physnet2 --provider:segmentation_id=201"
                        + " && neutron subnet-create MyVLANNetwork2 192.168.200.0/24",
                works()));
        steps.add(Step.of(
                "I5",
                "neutron net-create MyVXLANNetwork && neutron subnet-create MyVXLANNetwork 192.168.210.0/24",
                works()));
        steps.addAll(exchange());
        for (var kind : List.of("Flat", "VLAN", "VXLAN")) {
            steps.addAll(pair(kind));
        }
        steps.addAll(tags());
        steps.addAll(apart());
        steps.add(Step.of(
                "I6",
                "nova console-log MyFlat1",
                works(),
                matches("(?i)lease of 192\\.168\\.100\\.\\d+ obtained|192\\.168\\.100\\.\\d+")));
        steps.add(Step.of(
                "I6",
                NetworkSteps.until("nova console-log MyFlat1 | grep -A 3 datasource"),
                works(),
                matches("instance-id: i-[0-9a-f]{8}"),
                says("local-hostname: myflat1.novalocal")));
        steps.add(Step.of("I1", "openstack server show MyFlat1 -f value -c id", works())
                .saves("SERVER_ID"));
        steps.add(Step.of(
                "I1",
                "inside compute01 MyFlat1 busybox wget -q -O - http://169.254.169.254/openstack/latest/meta_data.json"
                        + " | grep -o $SERVER_ID",
                works()));
        return steps;
    }

    /** The four messages of DHCP, seen where dnsmasq answers them. */
    private static List<Step> exchange() {
        return List.of(
                Step.of("I4", "neutron net-show MyFlatNetwork -f value -c id", works())
                        .saves("FLAT_ID"),
                Step.of(
                        "I4",
                        NetworkSteps.until("on controller01 ip netns exec qdhcp-$FLAT_ID pgrep -f dnsmasq.*$FLAT_ID"),
                        works()),
                Step.of(
                        "I1, I4",
                        "capture controller01 qdhcp-$FLAT_ID 'port 67 or port 68' 4"
                                + " 'nova boot --image cirros --flavor m1.tiny --nic net-id=$FLAT_ID"
                                + " --availability-zone nova:compute01 --poll MyFlat1'",
                        works(),
                        matches("(?s)Discover.*Offer.*Request.*ACK"),
                        says("MyFlat1")));
    }

    private static List<Step> pair(String kind) {
        String net = "My" + kind + "Network";
        var steps = new ArrayList<Step>();
        for (int host = 1; host <= 2; host++) {
            String name = "My" + kind + host;
            if (!name.equals("MyFlat1")) {
                steps.add(Step.of(
                        "I1, I5",
                        "nova boot --image cirros --flavor m1.tiny --nic net-name=" + net
                                + " --availability-zone nova:compute0" + host + " --poll " + name,
                        works(),
                        says(name)));
            }
            steps.add(Step.of(
                    "I1", "nova show " + name, works(), matches("status\\s*\\|\\s*ACTIVE"), says("compute0" + host)));
            steps.add(Step.of("I1", "address_of " + name, works(), matches("^\\d+\\.\\d+\\.\\d+\\.\\d+$"))
                    .saves("IP" + host));
            steps.add(Step.of(
                    "I1",
                    NetworkSteps.until(
                            "inside compute0" + host + " " + name + " ip -4 addr show eth0 | grep $IP" + host + "/"),
                    works()));
        }
        steps.add(Step.of(
                "I5",
                NetworkSteps.until("inside compute01 My" + kind + "1 ping -c 2 -W 1 $IP2"),
                works(),
                says(" 0% packet loss")));
        steps.add(Step.of(
                "I5", "inside compute02 My" + kind + "2 ping -c 2 -W 1 $IP1", works(), says(" 0% packet loss")));
        return steps;
    }

    private static List<Step> tags() {
        return List.of(
                Step.of("I5", "address_of MyVLAN2", works()).saves("IP2"),
                Step.of(
                        "I5",
                        "capture_frames compute01 eth2 'icmp or (vlan and icmp)' 2 'inside compute01 MyVLAN1 ping -c 2 -W 1 $IP2'",
                        works(),
                        says("vlan 200")));
    }

    /** The same addresses on VLAN 201: who has 200 must not hear them. */
    private static List<Step> apart() {
        return List.of(
                Step.of("I5", "neutron net-show MyVLANNetwork2 -f value -c id", works())
                        .saves("OTHER_ID"),
                Step.of(
                        "I5",
                        "nova boot --image cirros --flavor m1.tiny --nic net-id=$OTHER_ID,v4-fixed-ip=192.168.200.250"
                                + " --availability-zone nova:compute02 --poll MyOther",
                        works()),
                Step.of(
                        "I5",
                        NetworkSteps.until("inside compute02 MyOther ip -4 addr show eth0 | grep 192.168.200.250/"),
                        works()),
                Step.of(
                        "I5",
                        "! inside compute01 MyVLAN1 ping -c 2 -W 1 192.168.200.250",
                        works(),
                        says("100% packet loss"),
                        saysNot("bytes from")));
    }
}
