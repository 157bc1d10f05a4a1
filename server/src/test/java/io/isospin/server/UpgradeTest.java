package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class UpgradeTest {
    private static final String NETWORK = "4f1b1cb2-9e3a-4a22-a0a3-1f6c6b0a0001";
    private static final String SUBNET = "4f1b1cb2-9e3a-4a22-a0a3-1f6c6b0a0002";
    private static final String PORT = "4f1b1cb2-9e3a-4a22-a0a3-1f6c6b0a0003";

    private static final String AGENT = "4f1b1cb2-9e3a-4a22-a0a3-1f6c6b0a0004";

    @TempDir
    Path folder;

    private static String document(String id, String more) {
        return "{\"id\":\"" + id + "\",\"name\":\"n\",\"tenant_id\":\"admin\",\"project_id\":\"admin\"," + more
                + ",\"description\":\"\",\"created_at\":\"2026-01-01T00:00:00Z\","
                + "\"updated_at\":\"2026-01-01T00:00:00Z\",\"revision_number\":1}";
    }

    private void firstVersion() throws SQLException {
        var engine = Engine.ofThisRun();
        engine.migrate(folder, "1");
        try (var connection = DriverManager.getConnection(engine.jdbc(folder));
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO networks VALUES ('" + NETWORK + "', 'admin', 'n', 1, 1, '"
                    + document(
                            NETWORK,
                            "\"shared\":true,\"router:external\":true,\"provider:network_type\":\"vxlan\","
                                    + "\"provider:physical_network\":null,\"provider:segmentation_id\":7,\"subnets\":[\""
                                    + SUBNET + "\"]")
                    + "')");
            statement.execute("INSERT INTO subnets VALUES ('" + SUBNET + "', 'admin', 'n', '" + NETWORK + "', '"
                    + document(
                            SUBNET,
                            "\"network_id\":\"" + NETWORK + "\",\"ip_version\":4,\"cidr\":\"10.0.0.0/24\","
                                    + "\"gateway_ip\":null,\"allocation_pools\":[],\"enable_dhcp\":false,"
                                    + "\"subnetpool_id\":null")
                    + "')");
            statement.execute("INSERT INTO ports VALUES ('" + PORT + "', 'admin', 'n', '" + NETWORK
                    + "', 'fa:16:3e:00:00:01', '', 'network:dhcp', 'host', '', '"
                    + document(
                            PORT,
                            "\"network_id\":\"" + NETWORK + "\",\"mac_address\":\"fa:16:3e:00:00:01\","
                                    + "\"fixed_ips\":[]")
                    + "')");
            statement.execute("INSERT INTO agents VALUES ('" + AGENT + "', 'host', 'DHCP agent', '{\"id\":\"" + AGENT
                    + "\",\"agent_type\":\"DHCP agent\",\"host\":\"host\",\"admin_state_up\":true,"
                    + "\"binary\":\"neutron-dhcp-agent\",\"topic\":\"N/A\",\"configurations\":{},"
                    + "\"created_at\":\"2026-01-01 00:00:00\",\"started_at\":\"2026-01-01 00:00:00\","
                    + "\"heartbeat_timestamp\":\"2026-01-01 00:00:00\"}')");
        }
    }

    @Test
    void resourcesOfTheFirstVersionHaveTheAttributesThatCameLater() throws SQLException {
        firstVersion();
        try (var api = Api.in(folder)) {
            assertThat(api.get("/v2.0/networks/" + NETWORK).body().toString())
                    .contains(
                            "\"tags\":[]",
                            "\"dns_domain\":\"\"",
                            "\"ipv4_address_scope\":null",
                            "\"ipv6_address_scope\":null",
                            "\"availability_zone_hints\":[]",
                            "\"availability_zones\":[\"nova\"]",
                            "\"l2_adjacency\":true");
            var segment = api.get("/v2.0/segments?network_id=" + NETWORK).at("/segments/0");
            assertThat(segment.path("segmentation_id").asInt()).isEqualTo(7);
            assertThat(segment.path("network_type").asString()).isEqualTo("vxlan");
            assertThat(segment.path("name").isNull()).isTrue();
            assertThat(api.get("/v2.0/networks/" + NETWORK + "/dhcp-agents")
                            .at("/agents/0/host")
                            .asString())
                    .isEqualTo("host");
            assertThat(api.get("/v2.0/subnets/" + SUBNET).body().toString())
                    .contains("\"tags\":[]", "\"service_types\":[]", "\"dns_publish_fixed_ip\":false");
            assertThat(api.get("/v2.0/ports/" + PORT).body().toString())
                    .contains("\"ip_allocation\":\"immediate\"", "\"propagate_uplink_status\":true")
                    .contains("\"tags\":[]", "\"dns_name\":\"\"", "\"dns_domain\":\"\"", "\"dns_assignment\":[]");
            assertThat(api.put("/v2.0/ports/" + PORT + "/tags/red", "").status())
                    .isEqualTo(201);
            assertThat(api.get("/v2.0/ports?tags=red").at("/ports")).hasSize(1);
        }
    }

    @Test
    void whatTheFirstVersionSharedIsSharedByEntries() throws SQLException {
        firstVersion();
        try (var api = Api.in(folder)) {
            var entries = api.get("/v2.0/rbac-policies").at("/rbac_policies");
            assertThat(entries.valueStream()
                            .map(one -> one.path("object_id").asString() + " "
                                    + one.path("action").asString() + " "
                                    + one.path("target_tenant").asString()))
                    .containsExactlyInAnyOrder(NETWORK + " access_as_shared *", NETWORK + " access_as_external *");
            assertThat(entries.valueStream().map(one -> one.path("id").asString()))
                    .doesNotHaveDuplicates()
                    .allMatch(id -> id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
            assertThat(api.as("stranger", "member").get("/v2.0/networks").at("/networks"))
                    .hasSize(1);
            assertThat(api.get("/v2.0/quotas/admin/details")
                            .at("/quota/rbac_policy/used")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void anEarlierVersionsSegmentRangeHasTags() throws SQLException {
        var engine = Engine.ofThisRun();
        engine.migrate(folder, "7");
        try (var connection = DriverManager.getConnection(engine.jdbc(folder));
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO network_segment_ranges VALUES ('" + NETWORK + "', 'vxlan', '"
                    + document(
                            NETWORK,
                            "\"default\":false,\"shared\":true,\"network_type\":\"vxlan\","
                                    + "\"physical_network\":null,\"minimum\":7,\"maximum\":9")
                    + "')");
        }
        try (var api = Api.in(folder)) {
            String range = "/v2.0/network-segment-ranges/" + NETWORK;
            assertThat(api.get(range).at("/network_segment_range/tags").isArray())
                    .isTrue();
            assertThat(api.put(range + "/tags/red", "").status()).isEqualTo(201);
            assertThat(api.get("/v2.0/network-segment-ranges?tags=red").at("/network_segment_ranges"))
                    .hasSize(1);
        }
    }

    @Test
    void anEarlierVersionsBindingTellsItsNetworkAndOneOfNoPortGoes() throws SQLException {
        firstVersion();
        var engine = Engine.ofThisRun();
        engine.migrate(folder, "6");
        try (var connection = DriverManager.getConnection(engine.jdbc(folder));
                var statement = connection.createStatement()) {
            for (var port : List.of(PORT, AGENT)) {
                statement.execute(
                        "INSERT INTO port_bindings VALUES ('" + port + "', '" + port + "', 'target', '{\"id\":\"" + port
                                + "\",\"port_id\":\"" + port + "\",\"host\":\"target\",\"vif_type\":\"bridge\"}')");
            }
        }
        Api.in(folder).close();
        try (var connection = DriverManager.getConnection(engine.jdbc(folder));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT network_id, vif_type, doc FROM port_bindings")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo(NETWORK);
            assertThat(rows.getString(2)).isEqualTo("bridge");
            assertThat(JsonMapper.shared()
                            .readTree(rows.getString(3))
                            .path("network_id")
                            .asString())
                    .isEqualTo(NETWORK);
            assertThat(rows.next()).isFalse();
        }
    }

    /** What is newest is named in the code too, so that a start looks no further than for that. */
    @Test
    void theNewestMigrationIsNotMissed() throws Exception {
        var folders = Path.of(Objects.requireNonNull(UpgradeTest.class.getResource("/db/migration"))
                .toURI());
        int newest;
        try (var files = Files.walk(folders)) {
            newest = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("V\\d+__.*"))
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                    .max()
                    .orElseThrow();
        }
        var engine = Engine.ofThisRun();
        engine.migrate(folder, Integer.toString(newest - 1));
        Api.in(folder).close();
        try (var connection = DriverManager.getConnection(engine.jdbc(folder));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT version FROM flyway_schema_history")) {
            var versions = new ArrayList<String>();
            while (rows.next()) {
                versions.add(rows.getString(1));
            }
            assertThat(versions).contains(Integer.toString(newest));
        }
    }
}
