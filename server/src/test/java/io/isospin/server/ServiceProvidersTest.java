package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProvidersTest {
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

    @Test
    void noAdvancedServiceHasAProvider() {
        assertThat(api.get("/v2.0/extensions/service-type").status()).isEqualTo(200);
        var tenant = api.as("tenant", "member");
        assertThat(tenant.get("/v2.0/service-providers?service_type=L3").raw().body())
                .isEqualTo("{\"service_providers\":[]}");
        assertThat(tenant.get("/v2.0/service-providers?colour=red").error())
                .isEqualTo("400 HTTPBadRequest: ['colour'] is invalid attribute for filtering");
        assertThat(tenant.post("/v2.0/service-providers", "{}").status()).isEqualTo(405);
        assertThat(tenant.get("/v2.0/service-providers/x").status()).isEqualTo(404);
    }

    @Test
    void collectionsAreFoundWithUnderscoresAndWithHyphens() {
        for (var path :
                new String[] {"network-segment-ranges", "network_segment_ranges", "rbac_policies", "service_providers"
                }) {
            assertThat(api.get("/v2.0/" + path).status()).as(path).isEqualTo(200);
        }
        assertThat(api.get("/v2.0/sub-nets").status()).isEqualTo(404);
    }
}
