package io.isospin.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path directory;

    private Settings settings(String... contents) throws IOException {
        var files = new ArrayList<Path>();
        for (String content : contents) {
            files.add(Files.writeString(directory.resolve("f" + files.size() + ".conf"), content));
        }
        return Settings.read(files);
    }

    @Test
    void readsSectionsCommentsAndBothSeparators() throws IOException {
        var settings = settings("""
                # a comment
                ; another
                [DEFAULT]
                host = compute01
                [vxlan]
                local_ip: 172.18.0.101
                empty =
                quoted = " a b "
                """);
        assertThat(settings.text("DEFAULT", "host", "")).isEqualTo("compute01");
        assertThat(settings.text("vxlan", "local_ip", "")).isEqualTo("172.18.0.101");
        assertThat(settings.text("vxlan", "empty", "x")).isEmpty();
        assertThat(settings.text("vxlan", "quoted", "")).isEqualTo(" a b ");
        assertThat(settings.optional("vxlan", "absent")).isEmpty();
        settings.check();
    }

    @Test
    void continuesIndentedLinesUntilAnEmptyOne() throws IOException {
        var settings = settings("""
                [ml2]
                type_drivers = flat,
                    vlan,
                    # not this one
                    vxlan

                mechanism_drivers = linuxbridge
                """);
        assertThat(settings.list("ml2", "type_drivers", List.of())).containsExactly("flat", "vlan", "vxlan");
        assertThat(settings.list("ml2", "mechanism_drivers", List.of())).containsExactly("linuxbridge");
        settings.check();
    }

    @Test
    void laterFilesAndLaterLinesWinButMultiValuesAdd() throws IOException {
        var settings = settings("[DEFAULT]\na = 1\na = 2\n", "[DEFAULT]\na = 3\n[DEFAULT]\nb = 4\n");
        assertThat(settings.text("DEFAULT", "a", "")).isEqualTo("3");
        assertThat(settings.text("DEFAULT", "b", "")).isEqualTo("4");
        assertThat(settings.multi("DEFAULT", "a")).containsExactly("1", "2", "3");
        assertThat(settings.multi("DEFAULT", "none")).isEmpty();
    }

    @Test
    void interpolatesFromOwnSectionThenDefaultThenWellKnown() throws IOException {
        var settings = settings("""
                [DEFAULT]
                name = n
                path = $state_path/$name
                [a]
                name = own
                x = $name-${name}-${DEFAULT.name}-$DEFAULT.name-$$name-\\$name
                y = $path
                """).wellKnown("DEFAULT", "state_path", "/var/lib/neutron");
        assertThat(settings.text("a", "x", "")).isEqualTo("own-own-n-n-$name-$name");
        assertThat(settings.text("a", "y", "")).isEqualTo("/var/lib/neutron/n");
        settings.check();
    }

    @Test
    void reportsReferencesThatLeadNowhereOrBack() throws IOException {
        var settings = settings("[DEFAULT]\na = $nowhere\nb = $c\nc = $b\n");
        settings.text("DEFAULT", "a", "");
        settings.text("DEFAULT", "b", "");
        assertThatThrownBy(settings::check)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("f0.conf:2: [DEFAULT] a: it refers to $nowhere")
                .hasMessageContaining("f0.conf:3: [DEFAULT] b: it refers to itself");
    }

    @Test
    void readsTypedValues() throws IOException {
        var settings = settings("""
                [linux_bridge]
                physical_interface_mappings = physnet1:eth1, physnet2:eth2
                [vxlan]
                enable_vxlan = Yes
                udp_dstport = 4789
                mode = b
                """);
        assertThat(settings.map("linux_bridge", "physical_interface_mappings"))
                .isEqualTo(Map.of("physnet1", "eth1", "physnet2", "eth2"));
        assertThat(settings.bool("vxlan", "enable_vxlan", false)).isTrue();
        assertThat(settings.bool("vxlan", "l2_population", true)).isTrue();
        assertThat(settings.integer("vxlan", "udp_dstport", 8472, 1, 65535)).isEqualTo(4789);
        assertThat(settings.choice("vxlan", "mode", "a", List.of("a", "b"))).isEqualTo("b");
        settings.check();
    }

    @Test
    void takesTheOldNameOfARenamedOption() throws IOException {
        var settings =
                settings("[DEFAULT]\ndhcp_domain = cloud\n").renamed("DEFAULT", "dns_domain", "DEFAULT", "dhcp_domain");
        assertThat(settings.text("DEFAULT", "dns_domain", "openstacklocal")).isEqualTo("cloud");
    }

    @Test
    void reportsEveryFaultOfAllFilesTogether() throws IOException {
        var settings = settings(
                "orphan = 1\n[a\n[a]\nnonsense\n= 2\n  indented\n[b]\nport = many\nflag = perhaps\nm = x\nc = z\n");
        settings.integer("b", "port", 1, 1, 9);
        settings.bool("b", "flag", true);
        settings.map("b", "m");
        settings.choice("b", "c", "a", List.of("a"));
        settings.fault("b", "gone", "no interface eth9", "Name one that exists");
        assertThatThrownBy(settings::check).isInstanceOfSatisfying(ConfigException.class, e -> {
            assertThat(e.faults()).hasSize(10);
            assertThat(e.getMessage())
                    .contains("f0.conf:1: 'orphan = 1' stands above the first section")
                    .contains("f0.conf:2: the section '[a' has no closing bracket")
                    .contains("f0.conf:8: [b] port: 'many' is not a value for it. Write a whole number from 1 to 9")
                    .contains("[b] gone: no interface eth9");
        });
    }

    @Test
    void namesAFileThatIsNotThere() {
        var settings = Settings.read(List.of(directory.resolve("absent.conf")));
        assertThatThrownBy(settings::check).hasMessageContaining("absent.conf: there is no such configuration file");
    }

    @Test
    void takesConfigFilesFromTheCommandLine() throws IOException {
        Files.writeString(directory.resolve("b.conf"), "");
        Files.writeString(directory.resolve("a.conf"), "");
        var parsed = ConfigFiles.fromArguments(
                List.of("--config-file", "/x", "run", "--config-file=/y", "--config-dir", directory.toString()));
        assertThat(parsed.files())
                .containsExactly(
                        Path.of("/x"), Path.of("/y"), directory.resolve("a.conf"), directory.resolve("b.conf"));
        assertThat(parsed.rest()).containsExactly("run");
        assertThatThrownBy(() -> ConfigFiles.fromArguments(List.of("--config-file")))
                .isInstanceOf(ConfigException.class);
    }
}
