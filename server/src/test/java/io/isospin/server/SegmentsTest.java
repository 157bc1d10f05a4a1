package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Networks of several segments, segments as a resource, and routed networks. */
class SegmentsTest {
    private static final String BRIDGE = "Linux bridge agent";
    private static final String UNKNOWN = "00000000-0000-4000-8000-000000000000";

    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = Api.in(folder, "[ml2_type_vlan]", "network_vlan_ranges = physnet1:10:19,physnet2:30:33");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String vlan(String physical, String id) {
        return "{\"provider:network_type\": \"vlan\", \"provider:physical_network\": \"" + physical
                + "\", \"provider:segmentation_id\": " + id + "}";
    }

    private Api.Answer network(String attributes) {
        return api.post("/v2.0/networks", "{\"network\": {" + attributes + "}}");
    }

    private Api.Answer segment(String network, String attributes) {
        return api.post("/v2.0/segments", "{\"segment\": {\"network_id\": \"" + network + "\", " + attributes + "}}");
    }

    private JsonNode segments(String network) {
        return api.get("/v2.0/segments?network_id=" + network).at("/segments");
    }

    private String subnet(String network, String cidr, String segment) {
        return api.subnet(network, cidr, "\"enable_dhcp\": false, \"segment_id\": \"" + segment + "\"");
    }

    /** A network with a subnet on a segment in each of two physical networks. */
    private String routed() {
        var made = network("\"segments\": [" + vlan("physnet1", "11") + ", " + vlan("physnet2", "31") + "]");
        String id = made.at("/network/id").asString();
        for (var segment : segments(id)) {
            String physical = segment.path("physical_network").asString();
            subnet(
                    id,
                    physical.equals("physnet1") ? "10.1.0.0/24" : "10.2.0.0/24",
                    segment.path("id").asString());
        }
        return id;
    }

    @Test
    void aNetworkOfSeveralSegmentsShowsThemInPlaceOfTheProviderAttributes() {
        var made = network("\"segments\": [" + vlan("physnet1", "11") + ", {\"provider:network_type\": \"vxlan\"}]");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/network/segments")).hasSize(2);
        assertThat(made.at("/network/segments/0").toString())
                .isEqualTo("{\"provider:network_type\":\"vlan\",\"provider:physical_network\":\"physnet1\","
                        + "\"provider:segmentation_id\":11}");
        assertThat(made.at("/network/segments/1/provider:segmentation_id").asInt())
                .isBetween(1, 1000);
        assertThat(made.at("/network").has("provider:network_type")).isFalse();
        assertThat(made.at("/network/mtu").asInt()).as("the smallest").isEqualTo(1450);
        assertThat(segments(made.at("/network/id").asString())).hasSize(2);
    }

    @Test
    void aNetworkIsFoundByTheProviderAttributesOfEachOfItsSegments() {
        String both = network("\"segments\": [" + vlan("physnet1", "11") + ", {\"provider:network_type\": \"vxlan\"}]")
                .at("/network/id")
                .asString();
        String one = network("\"provider:network_type\": \"vxlan\", \"provider:segmentation_id\": 11")
                .at("/network/id")
                .asString();
        assertThat(found("provider:network_type=vlan")).containsExactly(both);
        assertThat(found("provider:physical_network=physnet1")).containsExactly(both);
        assertThat(found("provider:network_type=vxlan")).containsExactlyInAnyOrder(both, one);
        assertThat(found("provider:segmentation_id=11")).containsExactlyInAnyOrder(both, one);
        assertThat(found("provider:segmentation_id=11&provider:network_type=vlan"))
                .containsExactly(both);
        assertThat(found("provider:segmentation_id=12")).isEmpty();
        assertThat(api.get("/v2.0/networks?provider:segmentation_id=x").status())
                .isEqualTo(400);
    }

    private List<String> found(String filter) {
        return api.get("/v2.0/networks?" + filter)
                .at("/networks")
                .valueStream()
                .map(network -> network.path("id").asString())
                .toList();
    }

    @Test
    void wrongListsOfSegmentsAreRefused() {
        String one = vlan("physnet1", "11");
        assertThat(network("\"segments\": [" + one + "], \"provider:network_type\": \"vxlan\"")
                        .error())
                .isEqualTo("400 SegmentsSetInConjunctionWithProviders: Segments and provider values cannot both be"
                        + " set.");
        assertThat(network("\"segments\": [" + one + ", " + one + "]").error())
                .isEqualTo("400 SegmentsContainDuplicateEntry: Duplicate segment entry in request.");
        assertThat(network("\"segments\": [{\"provider:segmentation_id\": 3}]").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: network_type required.");
        assertThat(network("\"segments\": [{\"colour\": \"red\"}]").error())
                .contains("Unrecognized attribute(s) 'colour'");
        assertThat(api.get("/v2.0/networks").at("/networks")).isEmpty();
        assertThat(api.get("/v2.0/segments").at("/segments")).isEmpty();
    }

    @Test
    void twoOpenSegmentsOfOneNetworkGetTwoIds() {
        String open = "{\"provider:network_type\": \"vlan\", \"provider:physical_network\": \"physnet2\"}";
        var made = network("\"segments\": [" + open + ", " + open + ", " + open + ", " + open + "]");
        assertThat(made.at("/network/segments")
                        .valueStream()
                        .map(one -> one.path("provider:segmentation_id").asInt()))
                .containsExactlyInAnyOrder(30, 31, 32, 33);
        assertThat(network("\"segments\": [" + open + "]").error())
                .isEqualTo("503 NoNetworkAvailable: Unable to create the network. No tenant network is available for"
                        + " allocation.");
        assertThat(api.delete("/v2.0/networks/" + made.at("/network/id").asString())
                        .status())
                .isEqualTo(204);
        assertThat(network("\"segments\": [" + open + "]").status()).isEqualTo(201);
    }

    @Test
    void aSegmentIsAddedNamedAndTakenAway() {
        String id = network("\"provider:network_type\": \"vlan\", \"provider:physical_network\": \"physnet1\","
                        + " \"provider:segmentation_id\": 11")
                .at("/network/id")
                .asString();
        assertThat(segments(id)).hasSize(1);
        var added =
                segment(id, "\"network_type\": \"vlan\", \"physical_network\": \"physnet2\", \"name\": \"rack two\"");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.at("/segment/segmentation_id").asInt()).isBetween(30, 33);
        assertThat(api.get("/v2.0/networks/" + id).at("/network/segments")).hasSize(2);
        String path = "/v2.0/segments/" + added.at("/segment/id").asString();
        assertThat(api.put(path, "{\"segment\": {\"name\": null, \"description\": \"d\"}}")
                        .at("/segment/name")
                        .isNull())
                .isTrue();
        assertThat(api.put(path, "{\"segment\": {\"network_type\": \"vxlan\"}}").error())
                .contains("Cannot update read-only attribute network_type");
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.get("/v2.0/networks/" + id)
                        .at("/network/provider:segmentation_id")
                        .asInt())
                .isEqualTo(11);
        assertThat(api.get(path).error())
                .isEqualTo("404 SegmentNotFound: Segment "
                        + added.at("/segment/id").asString() + " could not be found.");
    }

    @Test
    void segmentsAreForAdministratorsAndOfNetworksThatAreThere() {
        var tenant = api.as("tenant", "member");
        String id = tenant.network("");
        String segment = segments(id).at("/0/id").asString();
        assertThat(tenant.get("/v2.0/segments/" + segment).status()).isEqualTo(404);
        assertThat(tenant.delete("/v2.0/segments/" + segment).status()).isEqualTo(404);
        assertThat(segment(UNKNOWN, "\"network_type\": \"vxlan\"").error())
                .isEqualTo("404 NetworkNotFound: Network " + UNKNOWN + " could not be found.");
        assertThat(segment(id, "\"network_type\": \"token\"").error())
                .contains("network_type value 'token' not supported");
    }

    @Test
    void aSegmentWithSubnetsOrPortsStays() {
        api.report("compute01", BRIDGE, "");
        String id = routed();
        var on = segments(id)
                .valueStream()
                .filter(one -> one.path("physical_network").asString().equals("physnet2"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        String subnet =
                api.get("/v2.0/subnets?segment_id=" + on).at("/subnets/0/id").asString();
        assertThat(api.delete("/v2.0/segments/" + on).error())
                .isEqualTo("409 SegmentInUse: Segment '" + on
                        + "' cannot be deleted: The segment is still associated with subnet(s) " + subnet + ".");
        api.delete("/v2.0/subnets/" + subnet);
        String port = api.port(id, "\"binding:host_id\": \"compute01\", \"fixed_ips\": []")
                .path("id")
                .asString();
        assertThat(api.delete("/v2.0/segments/" + on).error())
                .isEqualTo("409 SegmentInUse: Segment '" + on
                        + "' cannot be deleted: The segment is still bound with port(s) " + port + ".");
        api.delete("/v2.0/ports/" + port);
        assertThat(api.delete("/v2.0/segments/" + on).status()).isEqualTo(204);
    }

    @Test
    void aPortOnARoutedNetworkHasAnAddressOfItsHostsSegment() {
        api.report("compute01", BRIDGE, "");
        String id = routed();
        assertThat(api.get("/v2.0/networks/" + id).at("/network/l2_adjacency").asBoolean(true))
                .isFalse();
        var port = api.port(id, "\"binding:host_id\": \"compute01\"");
        assertThat(port.at("/fixed_ips/0/ip_address").asString()).startsWith("10.2.0.");
        assertThat(port.path("binding:vif_type").asString()).isEqualTo("bridge");
        assertThat(port.path("ip_allocation").asString()).isEqualTo("immediate");
    }

    @Test
    void aPortOnARoutedNetworkWaitsForItsHostToHaveAnAddress() {
        api.report("compute01", BRIDGE, "");
        String id = routed();
        var port = api.port(id, "");
        assertThat(port.path("ip_allocation").asString()).isEqualTo("deferred");
        assertThat(port.path("fixed_ips")).isEmpty();
        var bound = api.put(
                "/v2.0/ports/" + port.path("id").asString(), "{\"port\": {\"binding:host_id\": \"compute01\"}}");
        assertThat(bound.at("/port/fixed_ips/0/ip_address").asString()).startsWith("10.2.0.");
        assertThat(api.port(id, "\"fixed_ips\": []").path("ip_allocation").asString())
                .isEqualTo("none");
    }

    @Test
    void aHostThatCannotServeAPortOfARoutedNetworkIsRefused() {
        api.report("compute01", BRIDGE, "");
        String id = routed();
        assertThat(api.post(
                                "/v2.0/ports",
                                "{\"port\": {\"network_id\": \"" + id + "\", \"binding:host_id\": \"nowhere\"}}")
                        .error())
                .isEqualTo("409 HostNotConnectedToAnySegment: Host nowhere is not connected to any segments on routed"
                        + " provider network '" + id + "'.  It should be connected to one.");
        String elsewhere = api.port(id, "\"fixed_ips\": [{\"ip_address\": \"10.1.0.9\"}]")
                .path("id")
                .asString();
        assertThat(api.put("/v2.0/ports/" + elsewhere, "{\"port\": {\"binding:host_id\": \"compute01\"}}")
                        .error())
                .isEqualTo("409 HostNotCompatibleWithFixedIps: Host compute01 is not connected to a segment where the"
                        + " existing fixed_ips on port " + elsewhere
                        + " will function given the routed network topology.");
        assertThat(api.post(
                                "/v2.0/ports",
                                "{\"port\": {\"network_id\": \"" + id + "\", \"fixed_ips\": [{\"ip_address\":"
                                        + " \"10.1.0.8\"}, {\"ip_address\": \"10.2.0.8\"}]}}")
                        .error())
                .isEqualTo("400 FixedIpsSubnetsNotOnSameSegment: Cannot allocate addresses from different segments.");
    }

    @Test
    void subnetsOfANetworkAreAllOnSegmentsOrNone() {
        String id = routed();
        assertThat(api.post(
                                "/v2.0/subnets",
                                "{\"subnet\": {\"network_id\": \"" + id
                                        + "\", \"cidr\": \"10.3.0.0/24\", \"ip_version\": 4}}")
                        .error())
                .isEqualTo("400 SubnetsNotAllAssociatedWithSegments: All of the subnets on network '" + id
                        + "' must either all be associated with segments or all not associated with any segment.");
        String other = api.network("");
        String foreign = segments(id).at("/0/id").asString();
        assertThat(subnetAnswer(other, foreign).error())
                .isEqualTo("400 NetworkIdsDontMatch: The subnet's network id, '" + other
                        + "', doesn't match the network_id of segment '" + foreign + "'");
        assertThat(subnetAnswer(other, UNKNOWN).error())
                .isEqualTo("404 SegmentNotFound: Segment " + UNKNOWN + " could not be found.");
    }

    private Api.Answer subnetAnswer(String network, String segment) {
        return api.post(
                "/v2.0/subnets",
                "{\"subnet\": {\"network_id\": \"" + network + "\", \"cidr\": \"10.3.0.0/24\", \"ip_version\": 4,"
                        + " \"segment_id\": \"" + segment + "\"}}");
    }

    @Test
    void theOnlySubnetOfAnOnlySegmentMayBecomeRouted() {
        String id = api.network("");
        String subnet = api.subnet(id, "10.3.0.0/24", "");
        String segment = segments(id).at("/0/id").asString();
        var routed = api.put("/v2.0/subnets/" + subnet, "{\"subnet\": {\"segment_id\": \"" + segment + "\"}}");
        assertThat(routed.at("/subnet/segment_id").asString()).isEqualTo(segment);
        assertThat(api.get("/v2.0/networks/" + id).at("/network/l2_adjacency").asBoolean(true))
                .isFalse();
        assertThat(api.put("/v2.0/subnets/" + subnet, "{\"subnet\": {\"segment_id\": null}}")
                        .error())
                .isEqualTo("400 SubnetSegmentAssociationChangeNotAllowed: A subnet that is already associated with a"
                        + " segment cannot have its segment association changed.");
    }

    @Test
    void eachSegmentOfARoutedNetworkHasADhcpAgentThatReachesIt() {
        for (var host : List.of("far", "near")) {
            api.report(host, "DHCP agent", "");
        }
        api.report("near", BRIDGE, "");
        String id = routed();
        String onNear = api.get("/v2.0/subnets?network_id=" + id)
                .at("/subnets")
                .valueStream()
                .filter(one -> one.path("cidr").asString().equals("10.2.0.0/24"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        api.put("/v2.0/subnets/" + onNear, "{\"subnet\": {\"enable_dhcp\": true}}");
        var ports = api.get("/v2.0/ports?device_owner=network:dhcp").at("/ports");
        assertThat(ports).hasSize(1);
        assertThat(ports.at("/0/binding:host_id").asString()).isEqualTo("near");
        assertThat(ports.at("/0/fixed_ips/0/ip_address").asString()).isEqualTo("10.2.0.2");
    }

    @Test
    void theMtuOfANetworkFollowsFromItsSegmentsAndTheFile() {
        api.close();
        api = Api.in(
                folder,
                "[DEFAULT]",
                "global_physnet_mtu = 9000",
                "[ml2]",
                "path_mtu = 4000",
                "physical_network_mtus = physnet2:1400");
        String flat = "\"provider:network_type\": \"flat\", \"provider:physical_network\": \"physnet2\"";
        assertThat(network(flat).at("/network/mtu").asInt()).isEqualTo(1400);
        assertThat(network("\"provider:network_type\": \"vxlan\"")
                        .at("/network/mtu")
                        .asInt())
                .isEqualTo(3950);
        assertThat(network("\"provider:network_type\": \"vxlan\", \"mtu\": 3951")
                        .error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: Requested MTU is too big, maximum is 3950.");
    }
}
