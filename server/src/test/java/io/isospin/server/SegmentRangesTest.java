package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Where the ids of tenants' networks come from. */
class SegmentRangesTest {
    private static final String PATH = "/v2.0/network-segment-ranges";

    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = Api.in(folder, "[ml2_type_vxlan]", "vni_ranges = 1:5");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Api.Answer range(String attributes) {
        return api.post(PATH, "{\"network_segment_range\": {" + attributes + "}}");
    }

    private static String vnis(int first, int last) {
        return "\"network_type\": \"vxlan\", \"minimum\": " + first + ", \"maximum\": " + last;
    }

    private static String of(String project) {
        return ", \"shared\": false, \"project_id\": \"" + project + "\"";
    }

    private int vniOf(String project) {
        String id = api.as(project, "member").network("");
        return api.get("/v2.0/networks/" + id)
                .at("/network/provider:segmentation_id")
                .asInt();
    }

    private JsonNode defaults() {
        return api.get(PATH + "?network_type=vxlan")
                .at("/network_segment_ranges")
                .valueStream()
                .filter(one -> one.path("default").asBoolean())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFilesRangesAreTheDefaultOnes() {
        var ranges = api.get(PATH).at("/network_segment_ranges");
        assertThat(ranges).hasSize(2);
        var vxlan = defaults();
        assertThat(vxlan.path("minimum").asInt()).isEqualTo(1);
        assertThat(vxlan.path("maximum").asInt()).isEqualTo(5);
        assertThat(vxlan.path("shared").asBoolean()).isTrue();
        assertThat(vxlan.path("available").toString()).isEqualTo("[1,2,3,4,5]");
        int used = vniOf("tenant");
        assertThat(defaults().path("available")).hasSize(4);
        assertThat(defaults().path("used").toString()).isEqualTo("{\"" + used + "\":\"tenant\"}");
        String path = PATH + "/" + vxlan.path("id").asString();
        assertThat(api.delete(path).error())
                .isEqualTo("400 NetworkSegmentRangeDefaultReadOnly: Network Segment Range "
                        + vxlan.path("id").asString()
                        + " is a default segment range which could not be updated or deleted.");
        assertThat(api.put(path, "{\"network_segment_range\": {\"maximum\": 9}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aRestartKeepsTheDefaultRangesUnlessTheFileHasOthers() {
        String before = defaults().path("id").asString();
        api.close();
        api = Api.in(folder, "[ml2_type_vxlan]", "vni_ranges = 1:5");
        assertThat(defaults().path("id").asString()).isEqualTo(before);
        api.close();
        api = Api.in(folder, "[ml2_type_vxlan]", "vni_ranges = 7:8");
        assertThat(defaults().path("minimum").asInt()).isEqualTo(7);
        assertThat(vniOf("tenant")).isBetween(7, 8);
    }

    @Test
    void aProjectsOwnRangeComesFirstAndIsNobodyElses() {
        var made = range(vnis(100, 101) + of("mine"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/network_segment_range/available").toString()).isEqualTo("[100,101]");
        assertThat(vniOf("mine")).isBetween(100, 101);
        assertThat(vniOf("mine")).isBetween(100, 101);
        assertThat(vniOf("mine")).as("when its own are gone").isBetween(1, 5);
        assertThat(vniOf("other")).isBetween(1, 5);
    }

    @Test
    void whatOneProjectHasOfTheSharedRangeTheOthersDoNotGet() {
        assertThat(range(vnis(1, 4) + of("mine")).status()).isEqualTo(201);
        assertThat(vniOf("other")).isEqualTo(5);
        assertThat(api.as("other", "member")
                        .post("/v2.0/networks", "{\"network\": {}}")
                        .at("/network/mtu")
                        .asInt())
                .as("a VLAN network")
                .isEqualTo(1500);
        assertThat(vniOf("mine")).isBetween(1, 4);
    }

    @Test
    void aSharedRangeIsForEveryone() {
        assertThat(range(vnis(100, 199)).at("/network_segment_range/project_id").isNull())
                .isTrue();
        for (int i = 0; i < 5; i++) {
            vniOf("tenant");
        }
        assertThat(vniOf("tenant")).isBetween(100, 199);
    }

    @Test
    void aVlanRangeMakesItsPhysicalNetworkKnown() {
        String network = "{\"network\": {\"provider:network_type\": \"vlan\","
                + " \"provider:physical_network\": \"physnet7\"}}";
        assertThat(api.post("/v2.0/networks", network).error()).contains("physical_network 'physnet7' unknown");
        assertThat(range("\"network_type\": \"vlan\", \"minimum\": 5, \"maximum\": 6")
                        .error())
                .isEqualTo("400 BadRequest: Bad network_segment_range request: Network type vlan requires"
                        + " 'physical_network' to be specified while creating new range.");
        range("\"network_type\": \"vlan\", \"physical_network\": \"physnet7\", \"minimum\": 5, \"maximum\": 6");
        assertThat(api.post("/v2.0/networks", network)
                        .at("/network/provider:segmentation_id")
                        .asInt())
                .isBetween(5, 6);
    }

    @Test
    void wrongRangesAreRefused() {
        String first = range(vnis(100, 199)).at("/network_segment_range/id").asString();
        assertThat(range(vnis(150, 250)).error())
                .isEqualTo("409 NetworkSegmentRangeOverlaps: Network segment range overlaps with range(s) with id "
                        + first);
        assertThat(range("\"network_type\": \"gre\", \"minimum\": 1, \"maximum\": 2")
                        .error())
                .isEqualTo("400 NetworkSegmentRangeNetTypeNotSupported: Network type gre does not support network"
                        + " segment ranges.");
        assertThat(range(vnis(9, 8)).error())
                .isEqualTo("500 NetworkTunnelRangeError: Invalid network tunnel range: '9:8' - End of tunnel range is"
                        + " less than start of tunnel range.");
        assertThat(range("\"network_type\": \"vlan\", \"physical_network\": \"p\", \"minimum\": 1, \"maximum\": 4095")
                        .error())
                .isEqualTo("500 NetworkVlanRangeError: Invalid network VLAN range: '1:4095' - '4095 is not a valid VLAN"
                        + " tag'.");
        assertThat(range(vnis(0, 8)).error()).contains("'0' is too small - must be at least '1'");
        assertThat(api.as("tenant", "member").get(PATH + "/" + first).status()).isEqualTo(404);
    }

    @Test
    void aRangeInUseNeitherShrinksBelowItsNetworksNorGoes() {
        String id = range(vnis(100, 110) + of("mine"))
                .at("/network_segment_range/id")
                .asString();
        String path = PATH + "/" + id;
        int used = vniOf("mine");
        assertThat(api.put(path, "{\"network_segment_range\": {\"minimum\": " + (used + 1) + "}}")
                        .error())
                .isEqualTo("409 NetworkSegmentRangeReferencedByProject: Network Segment Range " + id
                        + " is referenced by one or more tenant networks.");
        assertThat(api.delete(path).error())
                .isEqualTo("409 NetworkSegmentRangeReferencedByProject: Network Segment Range " + id
                        + " is referenced by one or more tenant networks.");
        var wider = api.put(path, "{\"network_segment_range\": {\"minimum\": 90, \"maximum\": 120, \"name\": \"n\"}}");
        assertThat(wider.at("/network_segment_range/available")).hasSize(30);
        String unused = range(vnis(200, 201) + of("mine"))
                .at("/network_segment_range/id")
                .asString();
        assertThat(api.delete(PATH + "/" + unused).status()).isEqualTo(204);
    }

    @Test
    void rangesHaveTagsAndAreFoundByThem() {
        String id = range("\"name\": \"r\", " + vnis(10, 20))
                .at("/network_segment_range/id")
                .asString();
        assertThat(api.get(PATH + "/" + id).at("/network_segment_range/tags").toString())
                .isEqualTo("[]");
        assertThat(api.put(PATH + "/" + id + "/tags", "{\"tags\": [\"blue\", \"gold\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(api.get(PATH + "?tags=blue,gold").at("/network_segment_ranges"))
                .hasSize(1);
        assertThat(api.get(PATH + "?not-tags=blue").at("/network_segment_ranges"))
                .doesNotContain(api.get(PATH + "/" + id).at("/network_segment_range"));
        assertThat(api.get(PATH + "/" + id + "/tags/blue").status()).isEqualTo(204);
        assertThat(api.delete(PATH + "/" + id + "/tags/silver").status()).isEqualTo(404);
    }
}
