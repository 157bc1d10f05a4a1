package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpAvailabilityTest {
    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = Api.in(folder);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static final String PATH = "/v2.0/network-ip-availabilities";

    @Test
    void aNetworkCountsTheAddressesOfItsPoolsAndThosePortsHave() {
        String network = api.network("\"name\": \"n\"");
        String subnet = api.subnet(network, "10.0.0.0/24", "\"name\": \"s\"");
        api.port(network, "");
        api.port(network, "\"fixed_ips\": [{\"ip_address\": \"10.0.0.1\"}]");
        assertThat(api.get(PATH + "/" + network).body().toString())
                .isEqualTo("{\"network_ip_availability\":{\"network_id\":\"" + network
                        + "\",\"network_name\":\"n\",\"tenant_id\":\"admin\",\"project_id\":\"admin\","
                        + "\"subnet_ip_availability\":[{\"subnet_id\":\"" + subnet
                        + "\",\"ip_version\":4,\"cidr\":\"10.0.0.0/24\",\"subnet_name\":\"s\",\"used_ips\":2,"
                        + "\"total_ips\":253}],\"used_ips\":2,\"total_ips\":253}}");
    }

    @Test
    void poolsOfTheClientAndIpv6AreCountedAsTheyAre() {
        String network = api.network("");
        api.subnet(
                network,
                "10.0.0.0/24",
                "\"allocation_pools\": [{\"start\": \"10.0.0.5\", \"end\": \"10.0.0.9\"},"
                        + " {\"start\": \"10.0.0.20\", \"end\": \"10.0.0.20\"}]");
        assertThat(api.get(PATH + "/" + network)
                        .at("/network_ip_availability/total_ips")
                        .asInt())
                .isEqualTo(6);
        api.subnet(network, "2001:db8::/64", "");
        assertThat(api.get(PATH + "/" + network)
                        .at("/network_ip_availability/total_ips")
                        .toString())
                .isEqualTo("18446744073709551621");
    }

    @Test
    void listsAreFilteredByNetworkProjectAndIpVersion() {
        String four = api.network("\"name\": \"four\"");
        api.subnet(four, "10.0.0.0/24", "");
        String six = api.network("\"name\": \"six\"");
        api.subnet(six, "2001:db8::/64", "");
        String none = api.as("tenant", "member").network("\"name\": \"none\"");
        assertThat(ids("")).contains(four, six, none);
        assertThat(ids("?network_name=four")).contains(four).doesNotContain(six, none);
        assertThat(ids("?network_id=" + six)).contains(six).doesNotContain(four, none);
        assertThat(ids("?project_id=tenant")).contains(none).doesNotContain(four, six);
        assertThat(ids("?ip_version=6")).contains(six).doesNotContain(four, none);
        var sorted = api.get(PATH + "?sort_key=network_id&sort_dir=desc&fields=network_id")
                .at("/network_ip_availabilities")
                .valueStream()
                .map(one -> one.path("network_id").asString())
                .toList();
        assertThat(sorted).hasSize(3).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(api.get(PATH + "?sort_key=used_ips").error())
                .isEqualTo("400 HTTPBadRequest: ['used_ips'] is invalid attribute for sort_keys");
        assertThat(api.get(PATH + "?total_ips=3").error())
                .isEqualTo("400 HTTPBadRequest: ['total_ips'] is invalid attribute for filtering");
    }

    private String ids(String query) {
        return api.get(PATH + query).at("/network_ip_availabilities").toString();
    }

    @Test
    void itIsForAdministrators() {
        var tenant = api.as("tenant", "member");
        String network = tenant.network("");
        assertThat(tenant.get(PATH).at("/network_ip_availabilities")).isEmpty();
        assertThat(tenant.get(PATH + "/" + network).status()).isEqualTo(404);
        assertThat(api.get(PATH + "/nowhere").error())
                .isEqualTo("404 NetworkNotFound: Network nowhere could not be found.");
        assertThat(api.post(PATH, "{}").status()).isEqualTo(405);
    }
}
