package io.isospin.lab.compute.instance.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.compute.instance.Guest;
import io.isospin.lab.compute.instance.GuestSettings;
import io.isospin.lab.compute.instance.Vif;
import io.isospin.lab.host.Scratch;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real guests. They are slow where they are emulated, so each test asks much of one. */
class QemuDriverTest {
    private static final Duration BOOT = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Kept from run to run, as the lab keeps it: it takes a download. */
    private static final Path IMAGE = Path.of("target", "guest-image");

    @TempDir
    private Path directory;

    private final Map<String, Disk> disks = new HashMap<>();
    private Scratch scratch;
    private QemuDriver driver;

    @BeforeEach
    void open() throws Exception {
        scratch = new Scratch(directory);
        scratch.start();
        driver = new QemuDriver(
                scratch.kernel,
                scratch.holders,
                new QemuDriver.Places(directory.resolve("instances"), directory.resolve("run"), IMAGE),
                image -> Optional.ofNullable(disks.get(image)),
                guest -> Map.of(
                        "openstack/latest/meta_data.json",
                        ("{\"uuid\":\"" + guest.id() + "\",\"hostname\":\"db.novalocal\","
                                        + "\"keys\":[{\"name\":\"mine\",\"data\":\"ssh-ed25519 AAAA me\"}]}")
                                .getBytes(StandardCharsets.UTF_8),
                        "openstack/latest/user_data",
                        "#!/bin/sh\necho this is $(hostname), user $(id -un)\n".getBytes(StandardCharsets.UTF_8)));
    }

    @AfterEach
    void close() {
        scratch.close();
    }

    @Test
    void a_guest_takes_its_lease_knows_itself_and_gets_and_loses_a_second_interface() throws Exception {
        var first = vif(0x0c, "192.168.77.9");
        var guest = guest(List.of(first), false);
        driver.plug(guest);
        serve(first, "192.168.77.1");
        scratch.serveMetadata(first, Map.of("user-data", "#!/bin/sh\necho this is $(hostname)\n"));
        driver.start(guest);
        says(guest, BOOT, "eth0: 192.168.77.9/24, MTU 1400");
        says(guest, SOON, "instance-id: i-0000000a", "local-hostname: web.novalocal");
        says(guest, SOON, "=== user data ended with status 0 ===", "this is web");
        says(guest, SOON, "web login:");
        assertThat(driver.console(guest))
                .contains("Booting web (instance-0000000a) on " + guest.host() + " under ")
                .contains("lease of 192.168.77.9 obtained from 192.168.77.1");
        assertThat(scratch.run(scratch.first(), "ping", "-c1", "-W5", "192.168.77.9"))
                .contains("1 received");
        assertThat(driver.runs(guest)).isTrue();
        logIn(guest);

        var second = vif(0x0d, "192.168.78.9");
        var both = guest(guest.id(), List.of(first, second), false);
        driver.attach(both, second);
        serve(second, "192.168.78.1");
        says(both, SOON, "eth1: 192.168.78.9/24, MTU 1400");
        driver.detach(both, second);
        says(both, SOON, "eth1: gone");
        assertThat(links()).doesNotContain(second.tap().value());

        driver.pause(guest);
        assertThat(driver.runs(guest)).isTrue();
        driver.unpause(guest);
        driver.stop(guest);
        assertThat(driver.runs(guest)).isFalse();
        assertThat(driver.console(guest)).contains("Power down").doesNotContain("switched off");
        assertThat(links()).contains(first.tap().value());
        driver.destroy(guest);
        nothingIsLeft(guest);
        assertThatCode(() -> driver.destroy(guest)).doesNotThrowAnyException();
    }

    @Test
    void a_guest_without_metadata_reads_its_config_drive_and_one_that_dies_is_seen_and_starts_again() throws Exception {
        var guest = guest(List.of(), true);
        driver.plug(guest);
        driver.start(guest);
        says(guest, BOOT, "=== datasource: configdrive local ===", "instance-uuid: " + guest.id());
        says(guest, SOON, "public-key: ssh-ed25519 AAAA me", "this is db, user root");
        assertThat(scratch.run(
                        scratch.first(), "pkill", "-KILL", "-f", guest.id().value()))
                .isEmpty();
        await().atMost(SOON).until(() -> !driver.runs(guest));
        driver.start(guest);
        assertThat(driver.runs(guest)).isTrue();
        driver.destroy(guest);
        nothingIsLeft(guest);
    }

    @Test
    void an_uploaded_disk_starts_and_one_that_names_other_files_does_not() throws Exception {
        var settings = new GuestSettings(
                64, 1, "disk", Map.of(), Map.of(), Map.of(), null, List.of(), "project", "nova", false);
        var guest = new Guest(ResourceId.random(), 11, "raw", scratch.first().host(), List.of(), settings);
        disks.put("disk", new Disk(Files.write(directory.resolve("raw"), bootable("Hello from a disk")), "raw"));
        driver.plug(guest);
        driver.start(guest);
        says(guest, SOON, "Hello from a disk");
        driver.destroy(guest);
        nothingIsLeft(guest);

        byte[] backed = new byte[512];
        ByteBuffer.wrap(backed).putInt(0x514649fb).putInt(3).putLong(104).putInt(11);
        disks.put("disk", new Disk(Files.write(directory.resolve("qcow2"), backed), "qcow2"));
        assertThatThrownBy(() -> driver.plug(guest))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("refers to another file");
        disks.put("disk", new Disk(directory.resolve("raw"), "vmdk"));
        assertThatThrownBy(() -> driver.plug(guest)).hasMessageContaining("format vmdk");
        driver.destroy(guest);
    }

    /** A disk whose first sector writes a text to the serial port (8086: lodsb, out dx,al, hlt at the text's end). */
    private static byte[] bootable(String text) {
        byte[] disk = new byte[1 << 20];
        ByteBuffer.wrap(disk)
                .put(HexFormat.of().parseHex("31c08ed8be157cbaf803ac84c07403eeebf8f4ebfd"))
                .put(text.getBytes(StandardCharsets.US_ASCII));
        disk[510] = 0x55;
        disk[511] = (byte) 0xaa;
        return disk;
    }

    @Test
    void where_qemu_is_not_installed_the_fault_says_how_to_mend_that() {
        var without = new QemuDriver(
                scratch.kernel,
                scratch.holders,
                new QemuDriver.Places(
                        directory.resolve("instances"),
                        directory.resolve("run"),
                        IMAGE,
                        List.of(directory.resolve("qemu"))),
                image -> Optional.empty(),
                guest -> Map.of());
        var guest = guest(List.of(vif(0x0c, "192.168.77.9")), false);
        assertThatThrownBy(() -> without.plug(guest))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("apt-get install --no-install-recommends qemu-system-x86");
        assertThatCode(() -> without.destroy(guest)).doesNotThrowAnyException();
    }

    /** Types at the serial console, as a person would. */
    private void logIn(Guest guest) throws IOException {
        try (var line = SocketChannel.open(
                UnixDomainSocketAddress.of(directory.resolve("run").resolve(guest.name() + ".tty")))) {
            type(line, "cirros\n");
            says(guest, SOON, "Password:");
            type(line, "gocubsgo\n");
            says(guest, SOON, "~ $ ");
            type(line, "echo I am $(id -un)\n");
            says(guest, SOON, "\nI am cirros");
        }
    }

    private static void type(SocketChannel line, String text) throws IOException {
        line.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private void says(Guest guest, Duration patience, String... texts) {
        await().atMost(patience)
                .untilAsserted(() -> assertThat(driver.console(guest)).contains(texts));
    }

    private void nothingIsLeft(Guest guest) throws Exception {
        for (var vif : guest.vifs()) {
            assertThat(links()).doesNotContain(vif.tap().value());
        }
        assertThat(scratch.run(scratch.first(), "ps", "axo", "args"))
                .doesNotContain(guest.id().value());
        assertThat(directory.resolve("instances").resolve(guest.id().value())).doesNotExist();
        try (var sockets = Files.list(directory.resolve("run"))) {
            assertThat(sockets.filter(path -> path.toString().contains(guest.name())))
                    .isEmpty();
        }
    }

    private String links() throws Exception {
        return scratch.run(scratch.first(), "ip", "link");
    }

    private static Vif vif(int last, String address) {
        return new Vif(
                ResourceId.random(),
                ResourceId.random(),
                "blue",
                new MacAddress(0xfa163e0a0b00L + last),
                List.of(IpAddress.parse(address)),
                1400,
                true);
    }

    private Guest guest(List<Vif> vifs, boolean configDrive) {
        return guest(ResourceId.random(), vifs, configDrive);
    }

    private Guest guest(ResourceId id, List<Vif> vifs, boolean configDrive) {
        var settings = new GuestSettings(
                512, 1, "cirros-qemu", Map.of(), Map.of(), Map.of(), null, List.of(), "project", "nova", configDrive);
        return new Guest(id, 10, "web", scratch.first().host(), vifs, settings);
    }

    private void serve(Vif vif, String gateway) throws Exception {
        scratch.serveDhcp(vif, "--dhcp-option-force=option:mtu,1400", "--dhcp-option=option:router," + gateway);
    }
}
