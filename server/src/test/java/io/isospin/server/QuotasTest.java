package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotasTest {
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

    private Api.Answer set(String project, String limits) {
        return api.put("/v2.0/quotas/" + project, "{\"quota\": {" + limits + "}}");
    }

    @Test
    void aProjectHasTheDefaultsUntilItHasItsOwn() {
        assertThat(api.get("/v2.0/quotas/p").at("/quota").toString())
                .isEqualTo("{\"network\":100,\"subnet\":100,\"port\":500,\"subnetpool\":-1,\"rbac_policy\":10}");
        assertThat(set("p", "\"network\": \"3\"").at("/quota/network").asInt()).isEqualTo(3);
        assertThat(api.get("/v2.0/quotas/p").at("/quota/network").asInt()).isEqualTo(3);
        assertThat(api.get("/v2.0/quotas/p/default").at("/quota/network").asInt())
                .isEqualTo(100);
        assertThat(api.get("/v2.0/quotas").at("/quotas")).hasSize(1);
        assertThat(api.delete("/v2.0/quotas/p").status()).isEqualTo(204);
        assertThat(api.get("/v2.0/quotas/p").at("/quota/network").asInt()).isEqualTo(100);
        assertThat(api.delete("/v2.0/quotas/p").error())
                .isEqualTo("404 TenantQuotaNotFound: Quota for tenant p could not be found.");
    }

    @Test
    void aLimitBelowWhatIsUsedIsRefusedWhereItIsToBeChecked() {
        api.network("");
        api.network("");
        assertThat(set("admin", "\"network\": 1, \"check_limit\": true").error())
                .isEqualTo("400 HTTPBadRequest: Quota limit 1 for network must be greater than or equal to already"
                        + " used 2");
        assertThat(set("admin", "\"network\": 2, \"check_limit\": true").status())
                .isEqualTo(200);
        assertThat(set("admin", "\"network\": -1, \"check_limit\": true").status())
                .isEqualTo(200);
        assertThat(set("admin", "\"network\": 1, \"force\": true").status()).isEqualTo(200);
        assertThat(api.post("/v2.0/networks", "{\"network\": {}}").error())
                .isEqualTo("409 OverQuota: Quota exceeded for resources: ['network'].");
        assertThat(api.get("/v2.0/quotas/admin/details").at("/quota/network").toString())
                .isEqualTo("{\"limit\":1,\"used\":2,\"reserved\":0}");
    }

    @Test
    void wrongLimitsChangeNothing() {
        assertThat(set("p", "\"network\": 5, \"port\": -2").error())
                .isEqualTo("400 HTTPBadRequest: Invalid input for port. Reason: '-2' is too small - must be at least"
                        + " '-1'.");
        assertThat(set("p", "\"network\": \"many\"").error())
                .isEqualTo("400 HTTPBadRequest: Invalid input for network. Reason: 'many' is not an integer.");
        assertThat(set("p", "\"network\": 5, \"server\": 1").error())
                .isEqualTo("400 HTTPBadRequest: Unrecognized attribute(s) 'server'");
        assertThat(api.get("/v2.0/quotas/p").at("/quota/network").asInt()).isEqualTo(100);
    }

    @Test
    void aProjectSeesItsOwnLimitsAlone() {
        var tenant = api.as("mine", "member");
        assertThat(tenant.get("/v2.0/quotas/mine").status()).isEqualTo(200);
        assertThat(tenant.get("/v2.0/quotas/project").body().toString())
                .isEqualTo("{\"project\":{\"project_id\":\"mine\"}}");
        assertThat(tenant.get("/v2.0/quotas/mine/details").status()).isEqualTo(200);
        assertThat(tenant.get("/v2.0/quotas/admin").error()).startsWith("403 PolicyNotAuthorized");
        assertThat(tenant.get("/v2.0/quotas/admin/details").error())
                .isEqualTo("403 AdminRequired: User does not have admin privileges: Only admin is authorized to access"
                        + " quotas for another project.");
        assertThat(tenant.put("/v2.0/quotas/mine", "{\"quota\": {\"network\": 5}}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void sixteenWritersNeverExceedALimit() throws Exception {
        String network = api.network("");
        set("admin", "\"network\": 8, \"port\": 20");
        List<Callable<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            requests.add(() -> api.post("/v2.0/networks", "{\"network\": {}}").status());
            requests.add(() -> api.post("/v2.0/ports", "{\"port\": {\"network_id\": \"" + network + "\"}}")
                    .status());
        }
        int made = 0;
        try (var writers = Executors.newFixedThreadPool(16)) {
            for (var status : writers.invokeAll(requests)) {
                assertThat(status.get()).isIn(201, 409);
                made += status.get() == 201 ? 1 : 0;
            }
        }
        assertThat(made).isEqualTo(7 + 20);
        assertThat(api.get("/v2.0/networks").at("/networks")).hasSize(8);
        assertThat(api.get("/v2.0/ports").at("/ports")).hasSize(20);
        assertThat(api.get("/v2.0/quotas/admin/details").at("/quota/port/used").asInt())
                .isEqualTo(20);
    }
}
