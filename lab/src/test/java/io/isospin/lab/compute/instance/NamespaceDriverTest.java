package io.isospin.lab.compute.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.lab.host.Scratch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespaceDriverTest {
    private static final GuestSettings SETTINGS =
            new GuestSettings(64, 1, "cirros", Map.of(), Map.of(), Map.of(), null, List.of(), "project", "nova", false);

    @TempDir
    private Path directory;

    private Scratch scratch;
    private NamespaceDriver driver;
    private Guest guest;

    @BeforeEach
    void open() throws Exception {
        scratch = new Scratch(directory);
        scratch.start();
        driver = new NamespaceDriver(scratch.kernel, scratch.holders, directory.resolve("instances"));
        var vif = new Vif(
                ResourceId.random(),
                ResourceId.random(),
                "blue",
                new MacAddress(0xfa163e0a0b0cL),
                List.of(IpAddress.parse("192.168.77.9")),
                1400,
                true);
        guest = new Guest(ResourceId.random(), 10, "web", scratch.first().host(), List.of(vif), SETTINGS);
    }

    @AfterEach
    void close() {
        driver.close();
        scratch.close();
    }

    @Test
    void a_plugged_instance_has_its_tap_in_the_networks_bridge_and_its_mac_inside() throws Exception {
        driver.plug(guest);
        var vif = guest.vifs().getFirst();
        assertThat(scratch.run(
                        scratch.first(), "ip", "-d", "link", "show", vif.tap().value()))
                .contains("master " + vif.bridge(), "mtu 1400", "UP");
        assertThat(inside("ip", "link", "show", "eth0")).contains(vif.mac().toString(), "mtu 1400", "UP");
    }

    @Test
    void a_started_instance_takes_its_lease_and_says_so_on_its_console() throws Exception {
        driver.plug(guest);
        serve();
        driver.start(guest);
        await().atMost(Duration.ofSeconds(20)).until(() -> driver.console(guest).contains("nameserver 9.9.9.9"));
        assertThat(driver.console(guest))
                .contains("Booting web (instance-0000000a)", "lease of 192.168.77.9 obtained from 192.168.77.1")
                .contains("eth0: 192.168.77.9/24, MTU 1380", "route 10.5.0.0/16 via 192.168.77.7");
        assertThat(inside("ip", "-br", "addr", "show", "eth0")).contains("192.168.77.9/24");
        assertThat(inside("ip", "route")).contains("default via 192.168.77.1", "10.5.0.0/16 via 192.168.77.7");
        assertThat(inside("cat", "/etc/resolv.conf")).contains("nameserver 9.9.9.9");
        assertThat(inside("ping", "-c1", "-W2", "192.168.77.1")).contains("1 received");
    }

    @Test
    void an_instance_asks_who_it_is_and_runs_its_user_data_once() throws Exception {
        driver.plug(guest);
        serve();
        scratch.serveMetadata(
                guest.vifs().getFirst(),
                Map.of(
                        "meta-data/public-keys/index.html",
                        "0=mykey",
                        "meta-data/public-keys/0/openssh-key",
                        "ssh-ed25519 AAAA me",
                        "user-data",
                        "#!/bin/sh\necho this is $(hostname)\ntouch /tmp/mark /etc/mark || echo kept out\n"));
        driver.start(guest);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(driver.console(guest)).contains("user data ended"));
        assertThat(driver.console(guest))
                .contains("successful after ", "instance-id: i-0000000a", "local-hostname: web.novalocal")
                .contains("availability-zone: nova", "launch-index: 0", "public-key mykey: ssh-ed25519 AAAA me")
                .contains("echo this is $(hostname)", "\nthis is web\n", "kept out")
                .contains("=== user data ended with status 0 ===");
        assertThat(Path.of("/etc/mark")).doesNotExist();
    }

    @Test
    void a_running_instance_takes_a_new_interface_and_lets_it_go() throws Exception {
        driver.plug(guest);
        driver.start(guest);
        var more = new Vif(
                ResourceId.random(),
                ResourceId.random(),
                "red",
                new MacAddress(0xfa163e0a0b0dL),
                List.of(IpAddress.parse("192.168.78.9")),
                1400,
                true);
        await().until(() -> driver.runs(guest));
        driver.attach(guest, more);
        assertThat(inside("ip", "link", "show", "eth1")).contains(more.mac().toString(), "mtu 1400");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> inside("ps", "axo", "args").contains("udhcpc -f -i eth1"));
        driver.detach(guest, more);
        driver.detach(guest, more);
        assertThat(inside("ip", "-br", "link")).doesNotContain("eth1");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !inside("ps", "axo", "args").contains("udhcpc -f -i eth1"));
        assertThat(driver.console(guest)).contains("eth1: gone");
    }

    @Test
    void a_stopped_instance_keeps_its_taps_and_is_silent_and_starts_again() throws Exception {
        driver.plug(guest);
        serve();
        driver.start(guest);
        await().atMost(Duration.ofSeconds(20)).until(() -> driver.console(guest).contains("nameserver 9.9.9.9"));
        driver.stop(guest);
        driver.stop(guest);
        assertThat(driver.runs(guest)).isFalse();
        assertThat(scratch.run(scratch.first(), "ip", "link"))
                .contains(guest.vifs().getFirst().tap().value());
        assertThat(inside("ip", "-4", "addr")).doesNotContain("192.168.77.9");
        driver.start(guest);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> inside("ip", "-4", "addr").contains("192.168.77.9"));
        assertThat(driver.runs(guest)).isTrue();
    }

    @Test
    void a_paused_instance_stands_still_and_goes_on() throws Exception {
        driver.plug(guest);
        driver.start(guest);
        await().until(() -> states().size() > 1);
        driver.pause(guest);
        assertThat(states()).isNotEmpty().allMatch(state -> state.startsWith("T"));
        assertThat(driver.runs(guest)).isTrue();
        driver.unpause(guest);
        assertThat(states()).isNotEmpty().noneMatch(state -> state.startsWith("T"));
    }

    /** Of the guest's own processes. */
    private List<String> states() throws Exception {
        return scratch.run(scratch.first(), "ps", "axo", "stat,args")
                .lines()
                .filter(line -> line.contains("udhcpc -f") || line.contains("/guest.sh"))
                .filter(line -> !line.contains("unshare"))
                .toList();
    }

    @Test
    void destroying_leaves_nothing_and_may_be_repeated() throws Exception {
        driver.plug(guest);
        driver.start(guest);
        driver.destroy(guest);
        assertThat(scratch.run(scratch.first(), "ip", "netns")).isEmpty();
        assertThat(scratch.run(scratch.first(), "ip", "link"))
                .doesNotContain(guest.vifs().getFirst().tap().value());
        await().until(() -> !scratch.run(scratch.first(), "ps", "axo", "args").contains("guest.sh"));
        assertThat(directory.resolve("instances/" + guest.id())).doesNotExist();
        assertThatCode(() -> driver.destroy(guest)).doesNotThrowAnyException();
    }

    @Test
    void what_cannot_be_plugged_is_told_with_the_reason() {
        driver.plug(guest);
        assertThatThrownBy(() -> driver.plug(guest))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("instance-0000000a")
                .hasMessageContaining("exists");
        assertThatThrownBy(() -> driver.plug(new Guest(guest.id(), 11, "web", "mars", List.of(), SETTINGS)))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("mars");
    }

    private String inside(String... words) throws Exception {
        var all = new ArrayList<>(List.of("ip", "netns", "exec", guest.name()));
        all.addAll(List.of(words));
        return scratch.run(scratch.first(), all.toArray(String[]::new));
    }

    private void serve() throws Exception {
        scratch.serveDhcp(
                guest.vifs().getFirst(),
                "--dhcp-option-force=option:mtu,1380",
                "--dhcp-option=option:classless-static-route,10.5.0.0/16,192.168.77.7,0.0.0.0/0,192.168.77.1",
                "--dhcp-option=option:dns-server,9.9.9.9");
    }
}
