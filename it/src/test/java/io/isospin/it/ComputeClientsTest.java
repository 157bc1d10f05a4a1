package io.isospin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Debian's {@code nova} and {@code openstack server} typed into a running lab, on instances that are namespaces. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComputeClientsTest {
    private static final Path STATE = Path.of("/var/lib/isospin/lab");
    private static final String BOOT = "nova boot --image cirros --flavor m1.tiny ";

    @BeforeAll
    static void startTheLab() throws IOException, InterruptedException {
        TheLab.start();
        made("openstack network create blue && openstack subnet create --network blue --subnet-range 10.50.0.0/24 blues"
                + " && openstack network create red && openstack subnet create --network red --subnet-range"
                + " 10.51.0.0/24 reds && openstack network create bare");
    }

    @AfterAll
    static void stopTheLab() throws IOException, InterruptedException {
        TheLab.stop();
    }

    @Test
    @Order(1)
    void anInterfaceComesToARunningInstanceAndGoesAgain() throws Exception {
        made("nova keypair-add mine > /dev/null && " + BOOT
                + "--nic net-name=blue --key-name mine --meta role=web --availability-zone nova:compute01 --poll web");
        made("nova interface-attach --net-id $(openstack network show red -f value -c id) --fixed-ip 10.51.0.77 web");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> made("nova console-log web").contains("lease of 10.51.0.77 obtained"));
        assertThat(made("nova console-log web")).contains("instance-id: i-", "public-key mine: ssh-rsa ");
        assertThat(made("nova interface-list web")).contains("10.51.0.77");
        made("nova interface-detach web $(openstack port list --fixed-ip ip-address=10.51.0.77 -f value -c ID)");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> made("nova console-log web").contains("eth1: gone"));
        assertThat(made("openstack port list --device-owner compute:nova -f value")
                        .lines())
                .hasSize(1);
    }

    @Test
    @Order(2)
    void anInstanceIsSwitchedAndFrozenAndMoved() throws Exception {
        made("openstack server stop web");
        status("SHUTOFF");
        made("openstack server start web");
        status("ACTIVE");
        made("nova pause web");
        status("PAUSED");
        made("nova unpause web && nova live-migration web compute02");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> made("openstack server show web -f value -c OS-EXT-SRV-ATTR:host -c status")
                        .equals("compute02\nACTIVE\n"));
        assertThat(shell("compute01", "ip", "netns")).doesNotContain("instance-");
        assertThat(made("nova instance-action-list web")).contains("live-migration", "pause", "attach_interface");
    }

    @Test
    @Order(3)
    void whatCannotBeIsRefusedInNovasWordsAndLeavesNothing() throws Exception {
        String before = made("openstack port list -f value -c ID | sort");
        String port = made("openstack port list --device-owner compute:nova -f value -c ID")
                .strip();
        String none = "00000000-0000-4000-8000-000000000000";
        refused(BOOT + "--nic net-id=" + none + " x", "Network " + none + " could not be found. (HTTP 400)");
        refused(BOOT + "--nic port-id=" + port + " x", "Port " + port + " is still in use. (HTTP 409)");
        refused(BOOT + "--nic net-name=bare x", "requires a subnet in order to boot instances on. (HTTP 400)");
        refused(BOOT + "--nic net-name=blue --key-name other x", "Invalid key_name provided. (HTTP 400)");
        refused(BOOT + "--nic net-name=blue --security-groups web x", "Security group web not found");
        refused("nova interface-attach --port-id " + port + " web", "Port " + port + " is still in use. (HTTP 409)");
        refused("nova start web", "while it is in vm_state active (HTTP 409)");
        made("openstack quota set --instances 1 admin");
        refused(
                BOOT + "--nic net-name=blue x",
                "Quota exceeded for instances: Requested 1, but already used 1 of 1 instances (HTTP 403)");
        made("openstack quota set --instances -1 admin");
        assertThat(Checkout.admin(60, BOOT + "--nic net-name=blue --availability-zone nova:mars --poll lost")
                        .exitStatus())
                .isNotZero();
        assertThat(made("nova show lost")).contains("No valid host was found. No such host - host: mars");
        made("openstack server delete --wait lost");
        assertThat(made("openstack port list -f value -c ID | sort")).isEqualTo(before);
    }

    @Test
    @Order(4)
    void aWordThatNeverComesIsWaitedForAsNovaConfSays() throws Exception {
        Path conf = STATE.resolve("compute01/etc/nova/nova.conf");
        String kept = Files.readString(conf);
        try {
            var agent = Path.of("/run/isospin-lab/compute01-agent.pid");
            var process = ProcessHandle.of(
                            Long.parseLong(Files.readString(agent).strip()))
                    .orElseThrow();
            signal("STOP", process);
            try {
                Files.writeString(conf, "[DEFAULT]\nvif_plugging_timeout = 2\nvif_plugging_is_fatal = true\n");
                String boot = BOOT + "--nic net-name=blue --availability-zone nova:compute01 --poll ";
                assertThat(Checkout.admin(60, boot + "fatal").exitStatus()).isNotZero();
                assertThat(made("nova show fatal")).contains("Failed to allocate the network(s), not rescheduling.");
                assertThat(Checkout.admin(60, boot.replace("cirros", "cirros-qemu") + "machine")
                                .exitStatus())
                        .isNotZero();
                assertThat(made("nova show machine")).contains("Failed to allocate the network(s), not rescheduling.");
                Files.writeString(conf, "[DEFAULT]\nvif_plugging_timeout = 0\n");
                made(boot + "hasty");
                made("openstack server delete --wait fatal machine hasty");
            } finally {
                signal("CONT", process);
            }
        } finally {
            Files.writeString(conf, kept);
        }
        assertThat(shell("compute01", "ip", "netns")).doesNotContain("instance-");
    }

    @Test
    @Order(5)
    void nicsOfEveryFormComeTogether() throws Exception {
        String port = batch(
                        "network create six",
                        "subnet create --network six --ip-version 6 --subnet-range fd00:50::/64 sixes",
                        "port create --network red given -f value -c id")
                .strip()
                .lines()
                .reduce("", (before, line) -> line);
        made(BOOT + "--nic net-name=blue,v4-fixed-ip=10.50.0.77,tag=front --nic port-id=" + port
                + " --nic net-name=six,v6-fixed-ip=fd00:50::77 --availability-zone nova:compute01 --poll many");
        assertThat(made("nova interface-list many")).contains("10.50.0.77", port, "fd00:50::77", "front");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> made("nova console-log many").contains("eth1: 10.51.0."));
        assertThat(made("nova console-log many")).contains("lease of 10.50.0.77 obtained");
        made("nova server-tag-add many blue big && nova server-tag-delete many big");
        assertThat(made("nova server-tag-list many")).contains("blue").doesNotContain("big");
        // What compute was given it gives back, and does not delete.
        assertThat(batch(
                        "server delete --wait many",
                        "port show given -f value -c device_id -c binding_host_id",
                        "port delete given",
                        "network delete six"))
                .isBlank();
        refused(BOOT + "--nic auto x", "Multiple possible networks found, use a Network ID to be more specific.");
        made(BOOT + "--nic none --poll alone");
        assertThat(made("nova interface-list alone")).doesNotContain("ACTIVE");
        made("openstack server delete --wait alone");
    }

    @Test
    @Order(6)
    void whereAndHowBigIsUpToTheAdministrator() throws Exception {
        String small =
                "server create --image cirros --flavor 99 --network blue --wait -f value -c" + " OS-EXT-SRV-ATTR:host ";
        String seen = batch(
                "flavor create --private --id 99 --ram 64 --disk 0 --vcpus 1 small",
                "flavor set --project demo small",
                "flavor show small -f value -c access_project_ids",
                "project show demo -f json",
                "compute service set --disable --disable-reason cables compute01 nova-compute",
                "compute service list --long -f value",
                small + "first",
                small + "second");
        assertThat(seen).contains("disabled", "cables").containsPattern("(?s)compute02\\s+compute02\\s*$");
        String project = seen.replaceAll("(?s).*\"id\": \"([0-9a-f]{32})\".*", "$1");
        assertThat(seen).contains("['" + project + "']");
        assertThat(batch(
                        "compute service set --enable compute01 nova-compute",
                        small + "--host compute01 third",
                        small + "--host mars fourth",
                        "server delete --wait first second third",
                        "flavor delete small"))
                .contains("compute01", "Compute host mars could not be found. (HTTP 400)");
    }

    @Test
    @Order(7)
    void anImageIsUploadedChangedSavedAndDeleted() throws Exception {
        Path file = Files.write(Files.createTempFile("isospin-image", ".raw"), new byte[100_000]);
        Path saved = file.resolveSibling(file.getFileName() + ".saved");
        try {
            String shown = batch(
                    "image create --disk-format raw --container-format bare --file " + file
                            + " --property os_distro=none --tag first disk -f value -c name",
                    "image set --name disk2 --min-ram 64 --property isospin:driver=namespace disk",
                    "image unset --tag first --property os_distro disk2",
                    "image save --file " + saved + " disk2",
                    "image show disk2",
                    "image set --protected disk2",
                    "image delete disk2");
            assertThat(Files.mismatch(file, saved)).isEqualTo(-1);
            assertThat(shown)
                    .contains("active", "100000", "isospin:driver='namespace'")
                    .contains("is protected and cannot be deleted.")
                    .doesNotContain("first", "os_distro");
            assertThat(batch(
                            "image list --name disk2 --status active -f value -c Name",
                            "image set --unprotected disk2",
                            "image delete disk2",
                            "image list -f value -c Name"))
                    .containsOnlyOnce("disk2");
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(saved);
        }
    }

    @Test
    @Order(8)
    void aMachineTakesAnInterfaceAndLetsItGo() throws Exception {
        made(BOOT.replace("cirros", "cirros-qemu")
                + "--nic net-name=blue --availability-zone nova:compute01 --poll machine");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> made("nova console-log machine").contains("eth0: 10.50.0."));
        made(
                "nova interface-attach --net-id $(openstack network show red -f value -c id) --fixed-ip 10.51.0.88 machine");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> made("nova console-log machine").contains("eth1: 10.51.0.88/24"));
        made("nova interface-detach machine $(openstack port list --fixed-ip ip-address=10.51.0.88 -f value -c ID)");
        assertThat(made("openstack server delete --wait machine && openstack port list --device-owner compute:nova"
                        + " --network red -f value"))
                .isBlank();
    }

    @Test
    @Order(9)
    void anInstanceThatDiesIsSeenAndOneThatRunsOutlivesAKilledLab() throws Exception {
        shell("compute02", "pkill", "-KILL", "-f", "^sh .*/guest.sh .* web ");
        status("SHUTOFF");
        made("openstack server start web");
        status("ACTIVE");
        long lab = Long.parseLong(Checkout.run(10, "./isospin", "lab", "status")
                .output()
                .replaceAll("(?s).*\\(process (\\d+)\\)\\.\n.*", "$1"));
        assertThat(ProcessHandle.of(lab).map(ProcessHandle::destroyForcibly)).contains(true);
        var again = Checkout.run(120, "./isospin", "lab", "--detach", "--yes");
        assertThat(again.exitStatus()).as(again.output()).isZero();
        status("ACTIVE");
        String address = made("openstack server show web -f value -c addresses | grep -oE '10[.]50[.]0[.][0-9]+'")
                .strip();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> made("nova console-log --length 30 web").contains("eth0: " + address));
        assertThat(made("nova keypair-list && openstack server show web")).contains("mine", "role='web'");
        made("openstack server delete --wait web");
        for (var host : List.of("compute01", "compute02")) {
            assertThat(shell(host, "ip", "netns")).doesNotContain("instance-");
            assertThat(shell(host, "ip", "link")).doesNotContain("tap");
        }
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        assertThat(Checkout.run(10, "kill", "-" + name, Long.toString(process.pid()))
                        .exitStatus())
                .isZero();
    }

    private static void status(String wanted) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> made("openstack server show web -f value -c status")
                        .strip()
                        .equals(wanted));
    }

    private static String shell(String host, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("./isospin", "shell", host));
        command.addAll(List.of(words));
        return Checkout.run(30, command.toArray(String[]::new)).output();
    }

    /** Commands of openstack in one process; it goes on past those that fail, and what it says of that is told too. */
    private static String batch(String... commands) throws IOException, InterruptedException {
        return Checkout.admin(120, "OS_COMPUTE_API_VERSION=2.74 openstack <<< '" + String.join("\n", commands) + "'")
                .output();
    }

    private static String made(String command) throws IOException, InterruptedException {
        var outcome = Checkout.admin(90, "{ " + command + "; } 2> /dev/null");
        assertThat(outcome.exitStatus()).as(command + ": " + outcome.output()).isZero();
        return outcome.output();
    }

    private static void refused(String command, String why) throws IOException, InterruptedException {
        var outcome = Checkout.admin(60, command);
        assertThat(outcome.exitStatus()).as(command).isNotZero();
        assertThat(outcome.output()).as(command).contains(why);
    }
}
