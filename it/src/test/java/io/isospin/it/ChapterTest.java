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

/** The chapter on a running lab, with our own client, and what faults come to. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChapterTest {
    private static final Path RUN = Path.of("/run/isospin-lab");

    @BeforeAll
    static void startTheLab() throws IOException, InterruptedException {
        TheLab.start();
    }

    @AfterAll
    static void stopTheLab() throws IOException, InterruptedException {
        TheLab.stop();
    }

    @Test
    @Order(1)
    void theChapterCanBePlayed() throws IOException, InterruptedException {
        TheLab.play();
    }

    @Test
    @Order(2)
    void aSecondLabSaysWhoRuns() throws IOException, InterruptedException {
        var second = Checkout.run(60, "./isospin", "lab", "--detach", "--yes");
        assertThat(second.exitStatus()).isNotZero();
        assertThat(second.output()).contains("already");
    }

    @Test
    @Order(3)
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
