package io.isospin.lab.walkthrough;

import static io.isospin.lab.walkthrough.Expectation.matches;
import static io.isospin.lab.walkthrough.Expectation.says;
import static io.isospin.lab.walkthrough.Expectation.works;

import java.util.List;

/** A Linux guest under qemu, from its boot to its console; one is enough, as it is slow where it is emulated. */
final class GuestSteps {
    private GuestSteps() {}

    static List<Step> all() {
        return List.of(
                Step.of(
                        "I1",
                        "nova boot --image cirros-qemu --flavor m1.tiny --nic net-name=MyFlatNetwork"
                                + " --availability-zone nova:compute01 --poll MyGuest1",
                        works(),
                        says("MyGuest1")),
                Step.of("I1", "nova show MyGuest1", works(), matches("status\\s*\\|\\s*ACTIVE"), says("compute01")),
                Step.of("I1", "address_of MyGuest1", works(), matches("^\\d+\\.\\d+\\.\\d+\\.\\d+$"))
                        .saves("GUEST_IP"),
                Step.of("T3", "nova console-log MyGuest1", works(), matches("under (KVM|qemu's own emulation)")),
                Step.of(
                        "I1, I6",
                        booted("nova console-log MyGuest1 | grep lease.of.$GUEST_IP.obtained"),
                        works(),
                        says("obtained")),
                Step.of(
                        "I6",
                        booted("nova console-log MyGuest1 | grep -A 4 datasource:.ec2"),
                        works(),
                        matches("instance-id: i-[0-9a-f]{8}"),
                        says("local-hostname: myguest1.novalocal")),
                Step.of("I6", booted("nova console-log MyGuest1 | grep myguest1.login:"), works()),
                Step.of(
                        "I5",
                        booted("inside compute02 MyFlat2 ping -c 2 -W 1 $GUEST_IP"),
                        works(),
                        says(" 0% packet loss")),
                Step.of("I2", "neutron net-show MyVXLANNetwork -f value -c id", works())
                        .saves("VXLAN_ID"),
                Step.of("I2", "nova interface-attach --net-id $VXLAN_ID MyGuest1", works()),
                Step.of(
                        "I2",
                        booted("nova console-log MyGuest1 | grep eth1:.192.168.210"),
                        works(),
                        matches("eth1: 192\\.168\\.210\\.\\d+/24, MTU 1450")),
                Step.of(
                                "I3",
                                "openstack server show MyGuest1 -f value -c id"
                                        + " | xargs openstack port list --network $VXLAN_ID -f value -c id --device-id",
                                works())
                        .saves("GUEST_PORT"),
                Step.of("I3", "nova interface-detach MyGuest1 $GUEST_PORT", works()),
                Step.of("I3", booted("nova console-log MyGuest1 | grep eth1:.gone"), works()),
                Step.of("I3", booted("! openstack port show $GUEST_PORT"), works()));
    }

    /** A command that is tried until it works, for as long as a guest may take under emulation. */
    private static String booted(String command) {
        return "try " + "'" + command + "' 60";
    }
}
