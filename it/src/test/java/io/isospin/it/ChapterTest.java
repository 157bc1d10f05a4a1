package io.isospin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The chapter on a running lab, with our client and with Debian's, and what faults come to. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChapterTest {
    private static final Path RUN = Path.of("/run/isospin-lab");

    @BeforeAll
    static void startTheLab() throws IOException, InterruptedException {
        assertThat(Checkout.run(30, "./isospin", "lab", "status").output())
                .as("the tests want the lab for themselves: end yours with ./isospin lab stop")
                .contains("No lab is running");
        var lab = Checkout.run(120, "./isospin", "lab", "--detach", "--yes", "--fresh");
        System.out.println(lab.output());
        assertThat(lab.exitStatus()).as(lab.output()).isZero();
    }

    @AfterAll
    static void stopTheLab() throws IOException, InterruptedException {
        var stopped = Checkout.run(60, "./isospin", "lab", "stop");
        assertThat(stopped.exitStatus()).as(stopped.output()).isZero();
        assertThat(Checkout.run(10, "ip", "netns").output())
                .doesNotContain("controller01", "compute01", "compute02", "isospin-fabric");
        assertThat(Checkout.run(10, "pgrep", "-a", "-f", Checkout.HOME + "/target/dist/lib/|/var/lib/isospin/lab")
                        .output())
                .isEmpty();
    }

    private static void assertAllTicks(Checkout.Outcome played) {
        assertThat(played.output()).doesNotContain("\u2717").contains("all as they should be");
        assertThat(played.exitStatus()).isZero();
    }

    @Test
    @Order(1)
    void theChapterCanBePlayedWithOurClient() throws IOException, InterruptedException {
        assertAllTicks(Checkout.run(900, "./isospin", "walkthrough"));
    }

    @Test
    @Order(2)
    void theChapterCanBePlayedWithDebiansClient() throws IOException, InterruptedException {
        assertAllTicks(Checkout.run(900, "./isospin", "walkthrough", "--debian"));
    }

    @Test
    @Order(3)
    void aSecondLabSaysWhoRuns() throws IOException, InterruptedException {
        var second = Checkout.run(60, "./isospin", "lab", "--detach", "--yes");
        assertThat(second.exitStatus()).isNotZero();
        assertThat(second.output()).contains("already");
    }

    @Test
    @Order(4)
    void trafficAndLeasesGoOnWithoutAgentsAndServer() throws IOException, InterruptedException {
        made("neutron net-create Faults && neutron subnet-create Faults 10.77.0.0/24");
        for (int host = 1; host <= 2; host++) {
            made("nova boot --image cirros --flavor m1.tiny --nic net-name=Faults --availability-zone nova:compute0"
                    + host + " --poll fault" + host);
        }
        String address = made("openstack server show fault2 -f value -c addresses | grep -oE '10[.]77[.]0[.][0-9]+'")
                .strip();
        String namespace = made("openstack server show fault1 -f value -c OS-EXT-SRV-ATTR:instance_name")
                .strip();
        Path console = Path.of("/var/lib/isospin/lab/instances")
                .resolve(made("openstack server show fault1 -f value -c id").strip())
                .resolve("console.log");
        await().atMost(Duration.ofSeconds(20)).until(() -> reaches(namespace, address));
        kill("compute01-agent");
        kill("controller01-agent");
        kill("controller01-server");
        assertThat(reaches(namespace, address))
                .as("with agents and server killed")
                .isTrue();
        long before = leases(console);
        var renewed = Checkout.run(30, "./isospin", "shell", "compute01", "pkill", "-USR1", "-f", "busybox udhcpc");
        assertThat(renewed.exitStatus()).isZero();
        await().atMost(Duration.ofSeconds(20)).until(() -> leases(console) > before);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(made("openstack network agent list -f value -c Host -c Binary -c Alive")
                                .lines())
                        .containsExactlyInAnyOrder(
                                "compute01 True neutron-linuxbridge-agent",
                                "compute02 True neutron-linuxbridge-agent",
                                "controller01 True neutron-dhcp-agent",
                                "controller01 True neutron-linuxbridge-agent",
                                "controller01 True neutron-metadata-agent"));
        assertThat(reaches(namespace, address)).as("after they came back").isTrue();
        made("openstack server delete --wait fault1 fault2 && neutron net-delete Faults");
    }

    private static String made(String command) throws IOException, InterruptedException {
        var outcome = Checkout.admin(90, command);
        assertThat(outcome.exitStatus()).as(outcome.output()).isZero();
        return outcome.output();
    }

    private static long leases(Path console) throws IOException {
        return Files.readString(console)
                .lines()
                .filter(line -> line.contains("lease of"))
                .count();
    }

    private static boolean reaches(String namespace, String address) throws IOException, InterruptedException {
        return Checkout.run(
                                20,
                                "./isospin",
                                "shell",
                                "compute01",
                                "ip",
                                "netns",
                                "exec",
                                namespace,
                                "ping",
                                "-c",
                                "2",
                                "-W",
                                "1",
                                address)
                        .exitStatus()
                == 0;
    }

    private static void kill(String program) throws IOException {
        long pid =
                Long.parseLong(Files.readString(RUN.resolve(program + ".pid")).strip());
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly))
                .as(program)
                .contains(true);
    }
}
