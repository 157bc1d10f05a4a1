package io.isospin.lab.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.core.config.Settings;
import io.isospin.lab.host.LabPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
    @TempDir
    private Path directory;

    private LabPlan plan() {
        var standard = LabPlan.standard();
        return new LabPlan(directory.resolve("state"), directory.resolve("run"), standard.fabric(), standard.hosts());
    }

    private void write(Secrets secrets) {
        new HostFiles(plan(), secrets, Ports.STANDARD).write();
    }

    @Test
    void secrets_are_made_once_and_read_by_their_owner_alone() throws Exception {
        Path file = directory.resolve("secrets.json");
        var first = Secrets.load(file);
        assertThat(Secrets.load(file)).isEqualTo(first);
        assertThat(first.of("admin")).hasSizeGreaterThan(16).isNotEqualTo(first.of("demo"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void the_controllers_files_say_what_the_server_reads() throws Exception {
        write(new Secrets(Map.of("neutron", "n-secret", "nova", "v-secret", "agent", "a-secret")));
        Path etc = plan().hostState("controller01").resolve("etc/neutron");
        var settings = Settings.read(List.of(etc.resolve("neutron.conf"), etc.resolve("plugins/ml2/ml2_conf.ini")));
        assertThat(settings.text("DEFAULT", "bind_host", "")).isEqualTo("10.0.0.30");
        assertThat(settings.text("keystone_authtoken", "password", "")).isEqualTo("n-secret");
        assertThat(settings.text("nova", "auth_url", "")).isEqualTo("http://10.0.0.30:5000/v3");
        assertThat(settings.text("isospin", "agent_secret", "")).isEqualTo("a-secret");
        assertThat(settings.text("ml2_type_vlan", "network_vlan_ranges", "")).isEqualTo("physnet2:30:33");
    }

    @Test
    void a_compute_hosts_files_say_what_its_agent_reads() throws Exception {
        write(new Secrets(Map.of("agent", "a-secret")));
        Path etc = plan().hostState("compute02").resolve("etc/neutron");
        var settings =
                Settings.read(List.of(etc.resolve("neutron.conf"), etc.resolve("plugins/ml2/linuxbridge_agent.ini")));
        assertThat(settings.text("isospin", "agents", "")).isEqualTo("linuxbridge");
        assertThat(settings.text("isospin", "server", "")).isEqualTo("http://10.0.0.30:9696");
        assertThat(settings.text("vxlan", "local_ip", "")).isEqualTo("172.18.0.102");
        assertThat(settings.isSet("keystone_authtoken", "password")).isFalse();
    }

    @Test
    void a_file_that_a_person_took_over_is_left_alone() throws Exception {
        var secrets = new Secrets(Map.of());
        write(secrets);
        Path file = plan().hostState("controller01").resolve("etc/neutron/plugins/ml2/ml2_conf.ini");
        Files.writeString(file, "[ml2]\ntype_drivers = flat\n");
        write(secrets);
        assertThat(Files.readString(file)).isEqualTo("[ml2]\ntype_drivers = flat\n");
    }

    @Test
    void clients_learn_user_project_and_address() {
        assertThat(ClientFiles.openrc("demo", "pw", "http://127.0.0.1:5000/v3"))
                .contains("export OS_USERNAME=demo\n", "export OS_PROJECT_NAME=demo\n", "export OS_PASSWORD=pw\n");
        assertThat(ClientFiles.clouds(new Secrets(Map.of("admin", "pw")), "http://127.0.0.1:5000/v3"))
                .contains("  isospin-admin:\n", "      password: \"pw\"\n");
    }
}
