package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodiesTest {
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

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"net": {}} | 400 HTTPBadRequest: Unable to find 'network' in request body
            {} | 400 HTTPBadRequest: Body contains invalid data
            {"networks": []} | 400 HTTPBadRequest: Resources required
            {"network": null} | 400 HTTPBadRequest: Resource body required
            {"network": {"nane": 1, "foo": 2}} | 400 HTTPBadRequest: Unrecognized attribute(s) 'nane, foo'
            {"network": {"status": "ACTIVE"}} | 400 HTTPBadRequest: Attribute 'status' not allowed in POST
            {"network": {"name": 7}} | 400 HTTPBadRequest: Invalid input for name. Reason: '7' is not a valid string.
            {"network": {"admin_state_up": "x"}} | 400 HTTPBadRequest: Invalid input for admin_state_up. Reason: 'x' cannot be converted to boolean.
            {"network": {"mtu": -1}} | 400 HTTPBadRequest: Invalid input for mtu. Reason: '-1' is too small - must be at least '0'.
            {"network": {"tenant_id": "a", "project_id": "b"}} | 400 HTTPBadRequest: 'project_id' and 'tenant_id' do not match
            """)
    void aWrongBodyIsRefusedInNeutronsWords(String body, String error) {
        assertThat(api.post("/v2.0/networks", body).error()).isEqualTo(error);
        assertThat(api.get("/v2.0/networks").at("/networks")).isEmpty();
    }

    @Test
    void aBodyThatIsNotJsonIsMalformed() {
        assertThat(api.post("/v2.0/networks", "{\"network\": ").error()).startsWith("400 MalformedRequestBody: ");
    }

    @Test
    void namesHaveALimitInCharactersNotBytes() {
        assertThat(api.post("/v2.0/networks", "{\"network\": {\"name\": \"" + "가".repeat(255) + "\"}}")
                        .status())
                .isEqualTo(201);
        assertThat(api.post("/v2.0/networks", "{\"network\": {\"name\": \"" + "가".repeat(256) + "\"}}")
                        .error())
                .endsWith("exceeds maximum length of 255.");
    }

    @Test
    void readOnlyAttributesAndBulkUpdatesAreRefused() {
        String id = api.network("");
        assertThat(api.put("/v2.0/networks/" + id, "{\"network\": {\"status\": \"x\"}}")
                        .error())
                .isEqualTo("400 HTTPBadRequest: Cannot update read-only attribute status");
        assertThat(api.put("/v2.0/networks/" + id, "{\"networks\": [{}]}").error())
                .isEqualTo("400 HTTPBadRequest: Bulk operation not supported");
        assertThat(api.send("DELETE", "/v2.0/networks/" + id, "{}").error())
                .isEqualTo("400 HTTPBadRequest: Request body is not supported in DELETE.");
    }

    @Test
    void itemsOfABulkMayBeWrapped() {
        var made = api.post("/v2.0/networks", "{\"networks\": [{\"network\": {\"name\": \"a\"}}, {\"name\": \"b\"}]}");
        assertThat(made.at("/networks")).hasSize(2);
    }

    @Test
    void anotherProjectIsForAdministratorsToName() {
        assertThat(api.as("mine", "member")
                        .post("/v2.0/networks", "{\"network\": {\"project_id\": \"other\"}}")
                        .error())
                .isEqualTo("400 HTTPBadRequest: Specifying 'project_id' other than the authenticated project in request"
                        + " is not allowed for the current user.");
        assertThat(api.post("/v2.0/networks", "{\"network\": {\"project_id\": \"other\"}}")
                        .at("/network/tenant_id")
                        .asString())
                .isEqualTo("other");
    }

    @Test
    void discoveryIsAsClientsKnowIt() {
        assertThat(api.get("/").at("/versions/0/id").asString()).isEqualTo("v2.0");
        assertThat(api.get("/v2.0/").at("/resources")).hasSize(3);
        assertThat(api.get("/v2.0").status()).isEqualTo(404);
        assertThat(api.post("/", "{}").status()).isEqualTo(405);
        assertThat(api.get("/v2.0/extensions/provider").at("/extension/alias").asString())
                .isEqualTo("provider");
        assertThat(api.get("/v2.0/extensions/x").error())
                .isEqualTo("404 ExtensionNotFound: Extension with alias x does not exist");
        assertThat(api.post("/v2.0/extensions", "{}").status()).isEqualTo(404);
        assertThat(api.get("/v2.0/routers").status()).isEqualTo(404);
    }
}
