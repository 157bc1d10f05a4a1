package io.isospin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.isospin.cli.Neutron;
import io.isospin.core.config.Settings;
import io.isospin.it.Original.Outcome;
import io.isospin.server.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same commands, typed into Debian's {@code neutron} and into ours, each against a server of its own: the same
 * tables, the same messages, the same exit status.
 */
class SideBySideTest {
    /** Words are parted by blanks; a word with a blank in it stands in single quotes. */
    private static final String COMMANDS = """
            net-list
            net-create flat --provider:network_type=flat --provider:physical_network=physnet2 --shared
            net-create flat2 --provider:network_type=flat --provider:physical_network=physnet2 --shared
            net-create --provider:network_type=vlan --provider:physical_network=physnet2 --provider:segmentation_id=200 --shared vlan
            net-create --provider:network_type=vlan --provider:physical_network physnet2 --provider:segmentation_id 201 vlan -f json
            net-create
            net-create a b
            net-create --mtu abc x
            net-list --sort-key provider:segmentation_id --sort-key name
            net-show vlan
            net-show missing
            net-update flat --router:external=True --shared=False --admin-state-up=False
            net-update flat --description 'two words' --mtu type=int 1400
            net-update flat
            net-show flat
            net-show flat --max-width 60 -c name -c description -c provider:physical_network -c created_at
            net-show flat -f yaml
            net-show flat -f shell --prefix n_ -c name -c shared
            net-show flat -F name -F mtu
            net-show flat -c nosuch
            net-list --name flat -f csv
            net-list --name flat -c name -c admin_state_up --quote minimal -f csv
            net-list -c name --sort-key name --sort-dir desc
            net-list -c name --sort-column name --sort-descending -P 1
            net-list --nosuch 1
            net-list --sort-dir up
            net-list --name missing -f json
            subnet-create flat 192.168.100.0/24 --name s1 --ip-version=4 --dns-nameservers 8.8.8.8 8.8.4.4
            subnet-create flat --name s2 10.0.0.0/24 --allocation-pool start=10.0.0.50,end=10.0.0.99 --allocation-pool start=10.0.0.200,end=10.0.0.253
            subnet-create flat 192.168.100.0/25
            subnet-create flat 10.1.0.0/24 --allocation-pool start=10.1.0.1
            subnet-create flat 10.1.0.0/24 --gateway 10.1.0.1 --no-gateway
            subnet-list --sort-key name
            subnet-list --sort-key name -f value -c name -c allocation_pools
            subnet-update s1 --dns-nameservers 168.126.63.1 168.126.63.2 --allocation-pool start=192.168.100.2,end=192.168.100.22 --gateway_ip=192.168.100.100 --host-route destination=10.0.0.0/24,nexthop=192.168.100.100
            subnet-update s1 --dns-nameservers 168.126.63.1 168.126.63.2 --allocation-pool start=192.168.100.2,end=192.168.100.22
            subnet-update s1 --gateway_ip=192.168.100.100 --host-route destination=10.0.0.0/24,nexthop=192.168.100.100
            subnet-update s2 --gateway_ip action=clear --disable-dhcp
            subnet-update s2 --enable-dhcp --disable-dhcp
            subnet-show s1
            subnet-show s2 -f json
            net-list --sort-key name --sort-dir desc -c name -c subnets
            port-create flat --name p1 --fixed-ip subnet_id=s1,ip_address=192.168.100.10 --mac-address fa:16:3e:00:00:09 --device-id d --allowed-address-pair ip_address=10.9.0.0/24 --extra-dhcp-opt opt_name=router,opt_value=10.0.0.7
            port-create flat --extra-dhcp-opt opt_name=router
            port-update p1 --admin-state-up False --no-allowed-address-pairs --name 한국
            port-show 한국
            port-list -c name -c fixed_ips -c mac_address
            port-list -f json -c name
            port-list --fixed-ips ip_address=192.168.100.10 -c device_id
            port-delete 한국 missing
            subnet-delete s1
            net-delete flat
            net-delete missing other
            ext-show provider
            ext-list -c alias
            ext-show missing
            agent-list
            agent-show missing
            quota-update --network 5 abc
            quota-list
            quota-show abc
            quota-default-show --tenant-id abc
            quota-update --network x abc
            quota-delete abc
            """;

    @TempDir
    Path folder;

    @Test
    void answersAreTheOriginalsWordForWord() throws IOException {
        assumeTrue(Files.isExecutable(Original.NEUTRON), "Debian's python3-neutronclient is not installed");
        try (var theirs = server("theirs");
                var ours = server("ours");
                var original = Original.neutron(environment(theirs.port()), folder)) {
            var softly = new SoftAssertions();
            for (var line : COMMANDS.lines().toList()) {
                var words = words(line);
                var expected = original.run(words);
                var actual = own(environment(ours.port()), words);
                softly.assertThat(actual.status())
                        .as("exit status of %s: %s", line, actual.err())
                        .isEqualTo(expected.status());
                softly.assertThat(plain(actual.out())).as(line).isEqualTo(plain(expected.out()));
                softly.assertThat(complaint(actual.err())).as(line).isEqualTo(complaint(expected.err()));
            }
            softly.assertAll();
        }
    }

    @Test
    void twoNetworksOfOneNameAreToldApartById() throws IOException {
        try (var server = server("twins")) {
            var environment = environment(server.port());
            own(environment, List.of("net-create", "twin", "-f", "value", "-c", "id"));
            var id = own(environment, List.of("net-create", "twin", "-f", "value", "-c", "id"))
                    .out()
                    .strip();

            var unclear = own(environment, List.of("net-show", "twin"));
            assertThat(unclear.err())
                    .isEqualToIgnoringNewLines(
                            "Multiple network matches found for name 'twin', use an ID to be more specific.");
            assertThat(unclear.status()).isEqualTo(1);
            assertThat(own(environment, List.of("net-delete", id)).out()).isEqualTo("Deleted network: " + id + "\n");
            assertThat(own(environment, List.of("net-delete", "twin")).out()).isEqualTo("Deleted network: twin\n");
        }
    }

    private Server server(String name) throws IOException {
        var state = Files.createDirectory(folder.resolve(name));
        var file = folder.resolve(name + ".conf");
        Files.writeString(file, """
                [DEFAULT]
                bind_host = 127.0.0.1
                bind_port = 0
                auth_strategy = noauth
                state_path = %s
                [ml2]
                type_drivers = flat,vlan,vxlan
                tenant_network_types = vxlan
                [ml2_type_flat]
                flat_networks = physnet2
                [ml2_type_vlan]
                network_vlan_ranges = physnet2:30:33
                [ml2_type_vxlan]
                vni_ranges = 1:1000
                """.formatted(state));
        return Server.start(Settings.read(List.of(file)));
    }

    private Map<String, String> environment(int port) {
        return Map.of(
                "OS_AUTH_TYPE",
                "none",
                "OS_ENDPOINT",
                "http://127.0.0.1:" + port,
                "HOME",
                folder.toString(),
                "PATH",
                "/usr/bin:/bin",
                "LC_ALL",
                "C.UTF-8");
    }

    private static Outcome own(Map<String, String> environment, List<String> words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = new Neutron(environment, stream(out), stream(err)).run(words);
        return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        for (var part : line.split(" (?=(?:[^']*'[^']*')*[^']*$)")) {
            words.add(part.replace("'", ""));
        }
        return words;
    }

    /** Without what differs from one server to the next. */
    private static String plain(String text) {
        return text.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "00000000-0000-0000-0000-000000000000")
                .replaceAll("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z", "2026-01-01T00:00:00Z")
                // As the slides have it, where one item is deleted; the original grew the "(s)" later.
                .replaceAll("^Deleted (\\w+)\\(s\\):", "Deleted $1:");
    }

    /** What is wrong, without the original's remark on its age and without the usage before a message on misuse. */
    private static String complaint(String text) {
        int error = text.indexOf(": error: ");
        String told = error < 0 ? text : text.substring(error);
        return plain(told.replaceAll("(?m)^neutron CLI is deprecated.*\n", ""));
    }
}
