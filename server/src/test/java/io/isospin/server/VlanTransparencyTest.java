package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VlanTransparencyTest {
    private static final String[] ON = {"[DEFAULT]", "vlan_transparent = true"};

    @TempDir
    Path folder;

    @Test
    void networksAreAskedForItOnlyWhereTheFileHasIt() {
        try (var api = Api.in(folder)) {
            assertThat(api.get("/v2.0/extensions/vlan-transparent").status()).isEqualTo(404);
            assertThat(api.post("/v2.0/networks", "{\"network\": {\"vlan_transparent\": true}}")
                            .error())
                    .isEqualTo("400 HTTPBadRequest: Unrecognized attribute(s) 'vlan_transparent'");
            assertThat(api.get("/v2.0/networks/" + api.network(""))
                            .at("/network")
                            .has("vlan_transparent"))
                    .isFalse();
        }
    }

    @Test
    void linuxBridgeGivesItToWhoeverAsks() {
        try (var api = Api.in(folder, ON)) {
            assertThat(api.get("/v2.0/extensions/vlan-transparent").status()).isEqualTo(200);
            String asked = api.network("\"vlan_transparent\": true");
            String silent = api.network("");
            assertThat(api.get("/v2.0/networks/" + asked)
                            .at("/network/vlan_transparent")
                            .asBoolean())
                    .isTrue();
            assertThat(api.get("/v2.0/networks/" + silent)
                            .at("/network/vlan_transparent")
                            .isNull())
                    .isTrue();
            assertThat(api.get("/v2.0/networks?vlan_transparent=True").at("/networks"))
                    .hasSize(1);
            assertThat(api.put("/v2.0/networks/" + asked, "{\"network\": {\"vlan_transparent\": false}}")
                            .error())
                    .isEqualTo("400 HTTPBadRequest: Cannot update read-only attribute vlan_transparent");
            assertThat(api.post("/v2.0/networks", "{\"network\": {\"vlan_transparent\": \"maybe\"}}")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void networksFromBeforeTheSettingSayThatNothingWasAsked() {
        String id;
        try (var api = Api.in(folder)) {
            id = api.network("");
        }
        try (var api = Api.in(folder, ON)) {
            assertThat(api.get("/v2.0/networks/" + id)
                            .at("/network/vlan_transparent")
                            .isNull())
                    .isTrue();
        }
    }
}
