package io.isospin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code ./isospin wiring} shows of a running lab is what is there. */
class WiringLabTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @BeforeAll
    static void startTheLab() throws IOException, InterruptedException {
        TheLab.start();
    }

    @AfterAll
    static void stopTheLab() throws IOException, InterruptedException {
        TheLab.stop();
    }

    private static String admin(String command) throws IOException, InterruptedException {
        var outcome = Checkout.admin(90, command);
        assertThat(outcome.exitStatus()).as(outcome.output()).isZero();
        return outcome.output();
    }

    private static String wiring(String options) throws IOException, InterruptedException {
        return admin("./isospin wiring " + options);
    }

    /** What the host's own tools say. */
    private static String on(String host, String... command) throws IOException, InterruptedException {
        var words = new String[command.length + 3];
        words[0] = "./isospin";
        words[1] = "shell";
        words[2] = host;
        System.arraycopy(command, 0, words, 3, command.length);
        return Checkout.run(20, words).output();
    }

    private static void network(String name, String provider, String cidr) throws IOException, InterruptedException {
        admin("neutron net-create " + name + " --provider:physical_network=physnet2 " + provider
                + " && neutron subnet-create " + name + " " + cidr);
    }

    private static String id(String network) throws IOException, InterruptedException {
        return admin("openstack network show -f value -c id " + network).strip();
    }

    @Test
    void whatIsOnTheHostsIsShownAndWhatIsGoneIsNotEvenWhereAnAgentWasAway() throws IOException, InterruptedException {
        network("Flat", "--provider:network_type=flat", "10.78.0.0/24");
        network("Vlan", "--provider:network_type=vlan --provider:segmentation_id=200", "10.79.0.0/24");
        for (int i = 1; i <= 2; i++) {
            admin("nova boot --image cirros --flavor m1.tiny --nic net-name=Flat --nic net-name=Vlan"
                    + " --availability-zone nova:compute0" + i + " --poll wired" + i);
        }
        for (var host : new String[] {"controller01", "compute01", "compute02"}) {
            await(host).atMost(SOON).untilAsserted(() -> {
                String shown = wiring("--host " + host);
                assertThat(shown).contains("network Flat (", "network Vlan (").doesNotContain("!");
                assertThat(shown.lines().map(String::strip).map(line -> line.split(" ")[0]))
                        .as("its devices")
                        .containsAll(on(host, "sh", "-c", "ls /sys/class/net | grep -v '^lo$'")
                                .lines()
                                .toList());
            });
        }
        String flat = id("Flat");
        assertThat(wiring("--host controller01 --network Flat"))
                .contains("qdhcp-" + flat + "  dnsmasq running, metadata running")
                .contains("10.78.0.2/24");

        Path pid = Path.of("/run/isospin-lab/controller01-agent.pid");
        long agent = Long.parseLong(Files.readString(pid).strip());
        assertThat(ProcessHandle.of(agent).map(ProcessHandle::destroyForcibly)).contains(true);
        admin("openstack server delete --wait wired1 wired2 && neutron net-delete Flat");
        await("the network's devices are told to be gone").atMost(SOON).untilAsserted(() -> {
            assertThat(wiring("")).doesNotContain(flat).doesNotContain("!");
            assertThat(on("controller01", "ip", "netns")).doesNotContain(flat);
        });
        assertThat(wiring("--host controller01")).contains("network Vlan (", "dnsmasq running, metadata running");
    }
}
