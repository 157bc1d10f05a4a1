package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListsTest {
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

    private List<String> names(String path) {
        var names = new ArrayList<String>();
        api.get(path)
                .at("/networks")
                .forEach(network -> names.add(network.path("name").asString()));
        return names;
    }

    @Test
    void filtersOfOneKeyAreAlternativesAndOfDifferentKeysConditions() {
        for (var name : List.of("a", "b", "c")) {
            api.network("\"name\": \"" + name + "\", \"admin_state_up\": " + !name.equals("b"));
        }
        assertThat(names("/v2.0/networks?name=a&name=b")).containsExactlyInAnyOrder("a", "b");
        assertThat(names("/v2.0/networks?name=a&name=b&admin_state_up=True")).containsExactly("a");
        assertThat(names("/v2.0/networks?name=nobody")).isEmpty();
    }

    @Test
    void anEmptyFilterMeansEmptyText() {
        api.network("\"name\": \"a\", \"description\": \"said\"");
        api.network("\"name\": \"b\"");
        assertThat(names("/v2.0/networks?description=")).containsExactly("b");
    }

    @Test
    void pagesGoForwardsAndBackwardsThroughEverythingOnce() {
        for (int i = 0; i < 7; i++) {
            api.network("\"name\": \"n" + i + "\"");
        }
        var seen = new ArrayList<String>();
        String path = "/v2.0/networks?limit=3&sort_key=name&sort_dir=desc";
        var first = api.get(path);
        assertThat(first.at("/networks_links/1/rel").asString()).isEqualTo("previous");
        for (var page = first; ; ) {
            page.at("/networks")
                    .forEach(network -> seen.add(network.path("name").asString()));
            var link = page.at("/networks_links/0");
            if (!link.path("rel").asString().equals("next")) {
                break;
            }
            page = api.get(link.path("href").asString().replaceFirst("http://[^/]*", ""));
        }
        assertThat(seen).containsExactly("n6", "n5", "n4", "n3", "n2", "n1", "n0");
        String last = api.get("/v2.0/networks?name=n1").at("/networks/0/id").asString();
        assertThat(names(path + "&page_reverse=True&marker=" + last)).containsExactly("n4", "n3", "n2");
    }

    @Test
    void fieldsAreAllThatIsShown() {
        api.network("\"name\": \"a\"");
        assertThat(api.get("/v2.0/networks?fields=name").body().toString())
                .isEqualTo("{\"networks\":[{\"name\":\"a\"}]}");
        assertThat(api.get("/v2.0/networks?fields=name&fields=mtu").body().toString())
                .isEqualTo("{\"networks\":[{\"name\":\"a\",\"mtu\":1450}]}");
    }

    @Test
    void noPortHasWhatIsNoAddress() {
        api.port(api.network(""), "");
        for (var address : List.of("", "none", "10.0.0.999", "%00")) {
            assertThat(api.get("/v2.0/ports?fixed_ips=ip_address%3D" + address).at("/ports"))
                    .isEmpty();
        }
    }

    @Test
    void aFieldThatIsNullIsNullWhenItIsAskedForAlone() {
        String network = api.network("");
        api.subnet(network, "10.0.0.0/24", "");
        assertThat(api.get("/v2.0/subnets?fields=segment_id&fields=subnetpool_id")
                        .body()
                        .toString())
                .isEqualTo("{\"subnets\":[{\"subnetpool_id\":null,\"segment_id\":null}]}");
    }

    @Test
    void portsAreFoundByTheirAddresses() {
        String network = api.network("");
        String subnet = api.subnet(network, "10.0.0.0/24", "");
        api.port(network, "\"name\": \"p9\", \"fixed_ips\": [{\"ip_address\": \"10.0.0.9\"}]");
        api.port(network, "\"name\": \"p99\", \"fixed_ips\": [{\"ip_address\": \"10.0.0.99\"}]");
        assertThat(api.get("/v2.0/ports?fixed_ips=ip_address%3D10.0.0.9").at("/ports"))
                .hasSize(1);
        assertThat(api.get("/v2.0/ports?fixed_ips=subnet_id%3D" + subnet).at("/ports"))
                .hasSize(2);
        assertThat(api.get("/v2.0/ports?fixed_ips=ip_address_substr%3D0.9").at("/ports"))
                .hasSize(2);
        assertThat(api.get("/v2.0/ports?fixed_ips=ip_address%3D10.0.0.8").at("/ports"))
                .isEmpty();
    }

    @Test
    void wrongListsAreRefusedInNeutronsWords() {
        assertThat(api.get("/v2.0/networks?foo=1").error())
                .isEqualTo("400 HTTPBadRequest: ['foo'] is invalid attribute for filtering");
        assertThat(api.get("/v2.0/networks?limit=x").error())
                .isEqualTo("400 BadRequest: Bad limit request: Limit must be an integer 0 or greater and not 'x'.");
        assertThat(api.get("/v2.0/networks?sort_key=name&sort_dir=asc&sort_dir=asc")
                        .error())
                .isEqualTo("400 HTTPBadRequest: The number of sort_keys and sort_dirs must be same");
        assertThat(api.get("/v2.0/networks?sort_key=subnets&sort_dir=asc").error())
                .isEqualTo("400 HTTPBadRequest: ['subnets'] is invalid attribute for sort_keys");
        assertThat(api.get("/v2.0/networks?tenant_id=a&project_id=a").error())
                .isEqualTo("400 HTTPBadRequest: Both tenant_id and project_id passed as filters.");
        assertThat(api.get("/v2.0/networks?limit=2&marker=7").error()).startsWith("404 NetworkNotFound");
    }

    @Test
    void hostileTextIsOnlyText() {
        String name = "'; DROP TABLE networks; -- \\u0000 <b>";
        api.network("\"name\": \"" + name + "\"");
        assertThat(api.get("/v2.0/networks?name=%27%3B%20DROP%20TABLE%20networks%3B%20--%20%00%20%3Cb%3E")
                        .at("/networks"))
                .hasSize(1);
    }
}
