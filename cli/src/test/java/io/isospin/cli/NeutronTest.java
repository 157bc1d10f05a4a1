package io.isospin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeutronTest {
    private static final String ID = "11111111-2222-3333-4444-555555555555";

    @TempDir
    Path home;

    private StubCloud cloud;
    private final Map<String, String> environment = new HashMap<>();
    private String out = "";
    private String err = "";

    @BeforeEach
    void begin() throws IOException {
        cloud = new StubCloud();
        environment.putAll(Map.of("HOME", home.toString(), "OS_AUTH_STRATEGY", "noauth", "OS_URL", cloud.url()));
    }

    @AfterEach
    void end() {
        cloud.close();
    }

    private int run(String line) {
        var stdout = new ByteArrayOutputStream();
        var stderr = new ByteArrayOutputStream();
        int status = new Neutron(environment, stream(stdout), stream(stderr)).run(List.of(line.split(" ")));
        out = stdout.toString(StandardCharsets.UTF_8);
        err = stderr.toString(StandardCharsets.UTF_8);
        return status;
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private void useKeystone() {
        environment.remove("OS_AUTH_STRATEGY");
        environment.remove("OS_URL");
        environment.putAll(Map.of(
                "OS_AUTH_URL", cloud.url() + "/identity",
                "OS_USERNAME", "u",
                "OS_PASSWORD", "p",
                "OS_PROJECT_NAME", "proj"));
    }

    @Test
    void aListByPasswordTakesTwoRequests() {
        useKeystone();
        cloud.answer(
                "GET /v2.0/subnets",
                200,
                "{\"subnets\":[{\"id\":\"a\",\"name\":\"s\",\"tenant_id\":\"t\",\"cidr\":\"c\"}]}");

        assertThat(run("subnet-list -f value")).isZero();
        assertThat(out).isEqualTo("a s t c\n");
        assertThat(cloud.asked()).hasSize(2);
        assertThat(cloud.asked().getFirst())
                .contains("\"name\": \"u\"", "\"password\": \"p\"", "\"project\": {\"name\": \"proj\"");
    }

    @Test
    void listsNetworksWithTheirSubnetsPrefixes() {
        cloud.answer(
                "GET /v2.0/networks",
                200,
                "{\"networks\":[{\"id\":\"n\",\"name\":\"x\",\"subnets\":[\"s\",\"t\"],\"tenant_id\":\"\"}]}");
        cloud.answer(
                "GET /v2.0/subnets?fields=id&fields=cidr&id=s&id=t",
                200,
                "{\"subnets\":[{\"id\":\"s\",\"cidr\":\"10.0.0.0/24\"}]}");

        assertThat(run("net-list")).isZero();
        assertThat(out).isEqualTo("""
                +----+------+---------------+
                | id | name | subnets       |
                +----+------+---------------+
                | n  | x    | s 10.0.0.0/24 |
                |    |      | t             |
                +----+------+---------------+
                """);
    }

    @Test
    void createsASubnetPoolInAScopeThatIsNamed() {
        cloud.answer(
                "GET /v2.0/address-scopes?fields=id&name=s", 200, "{\"address_scopes\":[{\"id\":\"" + ID + "\"}]}");
        cloud.answer("POST /v2.0/subnetpools", 201, "{\"subnetpool\":{\"id\":\"p\",\"prefixes\":[\"10.0.0.0/8\"]}}");

        assertThat(run("subnetpool-create --pool-prefix 10.0.0.0/9 --pool-prefix 10.128.0.0/9 --default-prefixlen 24"
                        + " --address-scope s -f value -c id p"))
                .as(err)
                .isZero();
        assertThat(out).isEqualTo("p\n");
        assertThat(cloud.asked().getLast())
                .contains(
                        "\"prefixes\": [\"10.0.0.0/9\", \"10.128.0.0/9\"]",
                        "\"default_prefixlen\": 24",
                        "\"address_scope_id\": \"" + ID + "\"");
        assertThat(run("subnetpool-create p")).isEqualTo(2);
        assertThat(err).contains("the following arguments are required: --pool-prefix");
    }

    @Test
    void addsReplacesAndRemovesTags() {
        String tags = "/v2.0/networks/" + ID + "/tags";
        cloud.answer("GET /v2.0/networks?fields=id&id=" + ID, 200, "{\"networks\":[{\"id\":\"" + ID + "\"}]}");
        cloud.answer("PUT " + tags + "/red", 201, "null");
        cloud.answer("PUT " + tags, 200, "{\"tags\":[\"a\",\"b\"]}");
        cloud.answer("DELETE " + tags, 204, "");
        String where = " --resource-type network --resource " + ID;

        assertThat(run("tag-add" + where + " --tag red")).as(err).isZero();
        assertThat(cloud.asked().getLast()).isEqualTo("PUT " + tags + "/red");
        assertThat(run("tag-replace" + where + " --tag a --tag b")).as(err).isZero();
        assertThat(cloud.asked().getLast()).isEqualTo("PUT " + tags + " {\"tags\": [\"a\", \"b\"]}");
        assertThat(run("tag-remove" + where + " --all")).as(err).isZero();
        assertThat(cloud.asked().getLast()).isEqualTo("DELETE " + tags);
        assertThat(run("tag-remove" + where)).isEqualTo(1);
        assertThat(err).isEqualTo("--all or --tag must be specified\n");
        assertThat(run("tag-add --tag red")).isEqualTo(2);
        assertThat(err).contains("the following arguments are required: --resource-type, --resource");
    }

    @Test
    void listsTheAvailabilityOfIpv4UnlessTold() {
        cloud.answer(
                "GET /v2.0/network-ip-availabilities?ip_version=4",
                200,
                "{\"network_ip_availabilities\":[{\"network_id\":\"n\",\"network_name\":\"x\",\"total_ips\":5,"
                        + "\"used_ips\":2,\"tenant_id\":\"t\"}]}");

        assertThat(run("net-ip-availability-list -f value")).as(err).isZero();
        assertThat(out).isEqualTo("n x 5 2\n");
    }

    private static final String WIRING = "{\"id\":\"w\",\"host\":\"compute01\",\"network_id\":\"" + ID
            + "\",\"interfaces\":[{\"name\":\"brq1\",\"kind\":\"bridge\",\"mtu\":1450,\"up\":true},"
            + "{\"name\":\"vxlan-42\",\"kind\":\"vxlan\",\"mtu\":1450,\"up\":false,\"master\":\"brq1\",\"vni\":42,"
            + "\"local_ip\":\"172.18.0.101\"}],\"namespaces\":[{\"name\":\"qdhcp-1\",\"interfaces\":[{\"name\":\"ns-1\","
            + "\"kind\":\"veth\",\"mtu\":1450,\"up\":true,\"addresses\":[\"192.0.2.2/24\"],\"peer\":\"tap1\"}],"
            + "\"services\":[{\"name\":\"dnsmasq\",\"running\":true},{\"name\":\"metadata\",\"running\":false}]}],"
            + "\"differences\":[\"vxlan-42 is not\\u001b[2J up\"]}";

    @Test
    void showsWhatHostsDevicesAre() {
        cloud.answer("GET /v2.0/networks?fields=id&name=blau", 200, "{\"networks\":[{\"id\":\"" + ID + "\"}]}");
        cloud.answer(
                "GET /v2.0/networks?fields=id&fields=name&id=" + ID,
                200,
                "{\"networks\":[{\"id\":\"" + ID + "\",\"name\":\"網路\"}]}");
        String list = "{\"wirings\":[" + WIRING + ",{\"host\":\"compute01\",\"network_id\":null,\"interfaces\":["
                + "{\"name\":\"eth0\",\"kind\":\"physical\",\"mtu\":1500,\"up\":true}],\"differences\":[]}]}";
        cloud.answer("GET /v2.0/wirings?host=compute01&network_id=" + ID, 200, list);

        assertThat(run("wiring --host compute01 --network blau")).as(err).isZero();
        assertThat(out).isEqualTo("""
                compute01
                  eth0  physical  up  mtu 1500
                  network 網路 (%s)
                    brq1  bridge  up  mtu 1450
                      vxlan-42  vxlan  down  mtu 1450  vni 42  from 172.18.0.101
                    qdhcp-1  dnsmasq running, metadata not running
                      ns-1  veth  up  mtu 1450  peer tap1  192.0.2.2/24
                    ! vxlan-42 is not?[2J up
                """.formatted(ID));
        assertThat(run("wiring --network nowhere")).isEqualTo(1);
        assertThat(run("wiring --host")).isEqualTo(2);
    }

    private static String bridge(boolean up, String more) {
        return "{\"name\":\"brq1\",\"kind\":\"bridge\",\"mtu\":1450,\"up\":" + up + more + "}";
    }

    private static String line(String type, int revision, String network, String devices, String more) {
        return "{\"type\":\"" + type + "\",\"revision\":" + revision + ",\"wiring\":{\"id\":\"w"
                + network.replace("\"", "")
                + "\",\"host\":\"compute01\",\"network_id\":" + network + ",\"interfaces\":[" + devices + "]" + more
                + "}}\n";
    }

    @Test
    void watchesWhatBecomesDifferentOfHostsDevicesAndGoesOnWhereTheStreamEnded() {
        String network = "\"" + ID + "\"";
        String tap = "{\"name\":\"tap1\",\"kind\":\"tap\",\"mtu\":1450,\"up\":true,\"master\":\"brq1\","
                + "\"port_id\":\"p\"}";
        String namespace = ",\"namespaces\":[{\"name\":\"qdhcp-1\",\"interfaces\":[{\"name\":\"ns-1\",\"kind\":"
                + "\"veth\",\"mtu\":1450,\"up\":true,\"addresses\":[\"%s\"]}],\"services\":[{\"name\":\"dnsmasq\","
                + "\"running\":%s}]}]";
        cloud.answer(
                "GET /v2.0/networks?fields=id&fields=name&id=" + ID,
                200,
                "{\"networks\":[{\"id\":\"" + ID + "\",\"name\":\"blue\"}]}");
        cloud.answer(
                "GET /v2.0/wirings?watch=true",
                200,
                line("exists", 7, "null", "", "") + "{\"type\":\"synced\",\"revision\":7}\n"
                        + line("created", 8, network, bridge(false, ""), ",\"differences\":[\"brq1 is not up\"]")
                        + line("updated", 9, network, bridge(true, "") + "," + tap, ",\"differences\":[]")
                        + "{\"type\":\"ended\",\"revision\":9,\"reason\":\"shutdown\",\"message\":\"later\"}\n");
        cloud.answer(
                "GET /v2.0/wirings?watch=true&revision=9",
                200,
                line("updated", 10, network, bridge(true, ""), namespace.formatted("192.0.2.2/24", true))
                        + line("updated", 11, network, bridge(true, ""), namespace.formatted("192.0.2.3/24", false))
                        + line("deleted", 12, network, bridge(true, ""), "")
                        + "{\"type\":\"ended\",\"reason\":\"token\",\"message\":\"The token has expired.\"}\n");

        assertThat(run("wiring --watch")).isEqualTo(1);
        String head = "compute01\n  network blue (" + ID + ")\n";
        assertThat(out).isEqualTo("""
                compute01
                {}    + brq1  bridge  down  mtu 1450
                    + ! brq1 is not up
                {}    ~ brq1  down -> up
                    + tap1  tap  up  mtu 1450  port p  in brq1
                    - ! brq1 is not up
                {}    - tap1
                    + qdhcp-1  dnsmasq running
                    + qdhcp-1/ns-1  veth  up  mtu 1450  192.0.2.2/24
                {}    ~ qdhcp-1  dnsmasq not running
                    ~ qdhcp-1/ns-1  +192.0.2.3/24  -192.0.2.2/24
                {}    - brq1
                    - qdhcp-1
                    - qdhcp-1/ns-1
                """.replace("{}", head));
        assertThat(err).isEqualTo("The server ended the stream: The token has expired. Watch again.\n");
    }

    @Test
    void aNetworkIsGivenToADhcpAgentAndTakenAway() {
        cloud.answer("GET /v2.0/networks?fields=id&name=x", 200, "{\"networks\":[{\"id\":\"n\"}]}");
        cloud.answer("POST /v2.0/agents/a/dhcp-networks", 201, "null");
        cloud.answer("DELETE /v2.0/agents/a/dhcp-networks/n", 204, "");

        assertThat(run("dhcp-agent-network-add a x")).isZero();
        assertThat(out).isEqualTo("Added network x to DHCP agent\n");
        assertThat(cloud.asked().getLast()).contains("{\"network_id\":\"n\"}");
        assertThat(run("dhcp-agent-network-remove a x")).isZero();
        assertThat(out).isEqualTo("Removed network x from DHCP agent\n");
    }

    @Test
    void listsWhoServesWhat() {
        cloud.answer("GET /v2.0/networks?fields=id&name=x", 200, "{\"networks\":[{\"id\":\"n\"}]}");
        cloud.answer(
                "GET /v2.0/networks/n/dhcp-agents",
                200,
                "{\"agents\":[{\"id\":\"a\",\"host\":\"h\",\"admin_state_up\":true,\"alive\":true,\"topic\":\"t\"}]}");
        cloud.answer("GET /v2.0/agents/a/dhcp-networks", 200, "{\"networks\":[{\"id\":\"n\",\"name\":\"x\"}]}");
        cloud.answer(
                "GET /v2.0/availability_zones",
                200,
                "{\"availability_zones\":[{\"name\":\"nova\",\"resource\":\"network\",\"state\":\"available\"}]}");

        assertThat(run("dhcp-agent-list-hosting-net -f value x")).isZero();
        assertThat(out).isEqualTo("a h True :-)\n");
        assertThat(run("net-list-on-dhcp-agent -f value a")).isZero();
        assertThat(out).isEqualTo("n x\n");
        assertThat(run("availability-zone-list -f value")).isZero();
        assertThat(out).isEqualTo("nova network available\n");
    }

    @Test
    void followsPages() {
        cloud.answer(
                "GET /v2.0/ports?limit=1",
                200,
                "{\"ports\":[{\"id\":\"a\"}],\"ports_links\":[{\"rel\":\"next\",\"href\":\"http://other/v2.0/ports?limit=1&marker=a\"}]}");
        cloud.answer(
                "GET /v2.0/ports?limit=1&marker=a",
                200,
                "{\"ports\":[{\"id\":\"b\"}],\"ports_links\":[{\"rel\":\"previous\",\"href\":\"x\"}]}");

        assertThat(run("port-list -P 1 -c id -f value")).isZero();
        assertThat(out).isEqualTo("a\nb\n");
    }

    @Test
    void filtersAreSentAsGiven() {
        cloud.answer(
                "GET /v2.0/ports?device_owner=network%3Adhcp&fixed_ips=ip_address%3D1&fixed_ips=ip_address%3D2",
                200, "{\"ports\":[]}");

        assertThat(run("port-list --device-owner network:dhcp --fixed-ips ip_address=1 ip_address=2"))
                .isZero();
        assertThat(out).isEqualTo("\n");
    }

    @Test
    void aNameIsShownWithOneRequest() {
        cloud.answer("GET /v2.0/networks?name=x", 200, "{\"networks\":[{\"id\":\"n\",\"name\":\"x\"}]}");

        assertThat(run("net-show x -f value -c id")).isZero();
        assertThat(out).isEqualTo("n\n");
        assertThat(cloud.asked()).hasSize(1);
    }

    @Test
    void anIdIsUsedWithoutAskingForIt() {
        cloud.answer("DELETE /v2.0/networks/" + ID, 204, "");

        assertThat(run("net-delete " + ID)).isZero();
        assertThat(out).isEqualTo("Deleted network: " + ID + "\n");
        assertThat(cloud.asked()).containsExactly("DELETE /v2.0/networks/" + ID);
    }

    @Test
    void aNameMayLookLikeAnId() {
        cloud.answer("GET /v2.0/networks?fields=id&id=" + ID, 200, "{\"networks\":[]}");
        cloud.answer("GET /v2.0/networks?fields=id&name=" + ID, 200, "{\"networks\":[{\"id\":\"real\"}]}");
        cloud.answer("PUT /v2.0/networks/real", 200, "{\"network\":{}}");

        assertThat(run("net-update " + ID + " --name y")).isZero();
        assertThat(cloud.asked()).last().isEqualTo("PUT /v2.0/networks/real {\"network\": {\"name\": \"y\"}}");
    }

    @Test
    void deletesWhatIsThereAndNamesWhatIsNot() {
        cloud.answer("GET /v2.0/ports?fields=id&name=a", 200, "{\"ports\":[{\"id\":\"1\"}]}");
        cloud.answer("GET /v2.0/ports?fields=id&name=b", 200, "{\"ports\":[]}");
        cloud.answer("GET /v2.0/ports?fields=id&name=c", 200, "{\"ports\":[{\"id\":\"1\"},{\"id\":\"2\"}]}");
        cloud.answer("DELETE /v2.0/ports/1", 204, "");

        assertThat(run("port-delete a b c")).isEqualTo(1);
        assertThat(out).isEqualTo("Deleted port: a\n");
        assertThat(err).isEqualTo("""
                Unable to find port(s) with id(s) 'b'.
                Multiple port(s) matches found for name(s) 'c'. Please use an ID to be more specific.
                """);
    }

    @Test
    void sendsTheSlidesSubnet() {
        cloud.answer("GET /v2.0/networks?fields=id&name=n", 200, "{\"networks\":[{\"id\":\"1\"}]}");

        run("subnet-create n --name s 192.168.100.0/24 --dns-nameservers 8.8.8.8 8.8.4.4 --no-gateway");

        assertThat(cloud.asked())
                .last()
                .isEqualTo("POST /v2.0/subnets {\"subnet\": {\"name\": \"s\", \"gateway_ip\": null,"
                        + " \"network_id\": \"1\", \"cidr\": \"192.168.100.0/24\", \"ip_version\": 4,"
                        + " \"dns_nameservers\": [\"8.8.8.8\", \"8.8.4.4\"]}}");
    }

    @Test
    void misuseShowsUsageAndEndsWithTwo() {
        assertThat(run("net-show")).isEqualTo(2);
        assertThat(err).startsWith("usage: neutron net-show [-h]").endsWith("""
                neutron net-show: error: the following arguments are required: NETWORK
                Try 'neutron help net-show' for more information.
                """);
        assertThat(run("--os-url")).isEqualTo(2);
        assertThat(run("net-fly")).isEqualTo(1);
        assertThat(err).startsWith("Unknown command ['net-fly']");
    }

    @Test
    void theServersRefusalIsTheMessage() {
        cloud.answer(
                "POST /v2.0/networks",
                409,
                "{\"NeutronError\":{\"type\":\"FlatNetworkInUse\",\"message\":\"Unable to create the flat network. Physical network physnet2 is in use.\",\"detail\":\"\"}}");

        assertThat(run("net-create x")).isEqualTo(1);
        assertThat(err).isEqualTo("Unable to create the flat network. Physical network physnet2 is in use.\n");
        assertThat(out).isEmpty();
    }

    @Test
    void nobodyThereIsOneSentence() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        environment.put("OS_URL", "http://127.0.0.1:" + port);

        assertThat(run("net-list")).isEqualTo(1);
        assertThat(err)
                .isEqualTo("Cannot reach Networking at http://127.0.0.1:" + port + "/v2.0/networks: Connection refused."
                        + " Check that it runs there, and the address.\n");
    }

    @Test
    void missingAndWrongCredentialsNameTheVariable() {
        useKeystone();
        environment.remove("OS_PASSWORD");
        assertThat(run("net-list")).isEqualTo(1);
        assertThat(err)
                .isEqualTo("Keystone at " + cloud.url()
                        + "/identity wants password, and the OS_ variables lack it: set OS_PASSWORD.\n");

        environment.put("OS_PASSWORD", "wrong");
        cloud.answer("POST /identity/v3/auth/tokens", 401, "{\"error\":{\"message\":\"no\"}}");
        assertThat(run("net-list")).isEqualTo(1);
        assertThat(err)
                .contains("does not accept the password of user u, project proj")
                .contains("OS_USERNAME");

        environment.clear();
        environment.put("HOME", home.toString());
        assertThat(run("net-list")).isEqualTo(1);
        assertThat(err).contains("OS_AUTH_URL").contains("OS_CLOUD");
    }

    @Test
    void cloudsComeFromAFileWithSecretsBeside() throws IOException {
        useKeystone();
        environment.keySet().removeIf(name -> name.startsWith("OS_"));
        var folder = Files.createDirectories(home.resolve(".config/openstack"));
        Files.writeString(folder.resolve("clouds.yaml"), """
                clouds:
                  one: {auth: {auth_url: "%s/identity/v3", username: u, project_name: p}, region_name: one}
                  two: {auth: {auth_url: "http://127.0.0.1:1"}}
                """.formatted(cloud.url()));
        Files.writeString(folder.resolve("secure.yaml"), "clouds: {one: {auth: {password: hidden}}}\n");
        cloud.answer("GET /v2.0/ports", 200, "{\"ports\":[]}");

        assertThat(run("--os-cloud one port-list")).isZero();
        assertThat(cloud.asked().getFirst()).contains("hidden");
        environment.put("OS_CLOUD", "three");
        assertThat(run("port-list")).isEqualTo(1);
        assertThat(err).contains("no cloud three").contains("it has one, two");
    }

    @Test
    void anEndpointThatIsNotInTheCatalogueIsNamed() {
        useKeystone();
        assertThat(run("--os-region-name mars net-list")).isEqualTo(1);
        assertThat(err).contains("no public endpoint of the service type network in the region mars", "public in one");
    }

    @Test
    void quotasAreOfTheCallersProject() {
        useKeystone();
        cloud.answer("GET /v2.0/quotas/t1", 200, "{\"quota\":{\"network\":100,\"port\":500}}");

        assertThat(run("quota-show -f value")).isZero();
        assertThat(out).isEqualTo("100\n500\n");
    }

    @Test
    void helpListsEveryCommandAndExplainsOne() {
        assertThat(run("help")).isZero();
        assertThat(out)
                .contains("  net-list ", "  agent-update ", "  quota-default-show ")
                .doesNotContain("agent-create");
        assertThat(run("help subnet-create")).isZero();
        assertThat(out).contains("--allocation-pool start=IP_ADDR,end=IP_ADDR", "NETWORK [CIDR]");
        assertThat(run("subnet-create --help")).isZero();
        assertThat(out).startsWith("usage: neutron subnet-create");
    }
}
