package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
    private static final String SCHEMA = "https://spec.openapis.org/oas/3.1/schema-base/2022-10-07";

    @TempDir
    Path folder;

    private Api api;
    private Contract contract;

    @BeforeEach
    void start() {
        api = Api.in(folder);
        contract = api.contract();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static @Nullable String published(String iri) {
        try (var in = OpenApiTest.class.getResourceAsStream(iri.replaceFirst("https:/", ""))) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theDescriptionIsValidOpenApi() {
        var schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(OpenApiTest::published))
                .getSchema(SchemaLocation.of(SCHEMA));
        assertThat(schema.validate(contract.document())).isEmpty();
        var broken = contract.document().deepCopy();
        broken.withObject("/paths/~1v2.0~1networks/get").put("responses", "none");
        assertThat(schema.validate(broken))
                .as("the schema refuses what is wrong")
                .isNotEmpty();
        broken = contract.document().deepCopy();
        broken.withObject("/components/schemas/network/properties/mtu").put("type", "number of bytes");
        assertThat(schema.validate(broken)).as("also within schemas").isNotEmpty();
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryComponentIsUsed() {
        var used = new HashSet<String>();
        contract.document().findValuesAsString("$ref").forEach(used::add);
        for (var reference : used) {
            assertThat(contract.document().at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
        contract.document()
                .path("components")
                .path("schemas")
                .propertyNames()
                .forEach(name -> assertThat(used).contains("#/components/schemas/" + name));
    }

    @Test
    void operationsHaveNamesOfTheirOwnThatClientsCanBeMadeWith() {
        var ids = contract.document()
                .path("paths")
                .valueStream()
                .flatMap(path -> path.findValuesAsString("operationId").stream())
                .toList();
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(100).allMatch(id -> id.matches("[a-z][a-z0-9_]+"));
    }

    /** What a handler refuses as no method or no page of its own, it must not describe, and the other way round. */
    @Test
    void exactlyTheDescribedMethodsAreServed() {
        var served = new TreeSet<String>();
        var described = new TreeSet<String>();
        for (var path : contract.document().path("paths").propertyNames()) {
            for (var method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")) {
                if (path.equals("/healthcheck")) {
                    continue; // whatever it is asked by, as oslo.middleware has it
                }
                if (contract.operations().contains(method + " " + path)) {
                    described.add(method + " " + path);
                }
                var answer = api.send(method, path.replaceAll("\\{\\w+}", "none"), null);
                boolean refused = answer.status() == 405 || isPage(answer);
                if (!refused && !(method.equals("HEAD") && answer.status() == 404)) {
                    served.add(method + " " + path);
                }
            }
        }
        assertThat(served).isEqualTo(described);
    }

    private static boolean isPage(Api.Answer answer) {
        return answer.status() == 404
                && answer.at("/NeutronError/type").asString("").equals("HTTPNotFound");
    }

    @Test
    void everyAttributeOfEveryResourceIsExplained() {
        var unexplained = new ArrayList<String>();
        contract.document().path("components").path("schemas").properties().forEach(schema -> {
            boolean resource = contract.document()
                    .path("components")
                    .path("schemas")
                    .has(schema.getKey().replaceFirst("_(create|update)$", "") + "_update");
            if (resource) {
                schema.getValue().path("properties").properties().forEach(property -> {
                    if (property.getValue().path("description").asString("").isEmpty()) {
                        unexplained.add(schema.getKey() + "." + property.getKey());
                    }
                });
            }
        });
        assertThat(unexplained).isEmpty();
    }

    /** That answers have nothing else is held against every answer that a test gets, in {@link Api#send}. */
    @Test
    void answersHaveEveryAttributeThatIsDescribed() {
        api.report("one", "Linux bridge agent", "");
        api.send(
                "POST",
                "/isospin/agent/v1/report",
                "{\"host\":\"one\",\"agents\":[],\"ports\":[],\"wiring\":{\"whole\":true,\"parts\":["
                        + "{\"interfaces\":[],\"namespaces\":[],\"differences\":[\"d\"]}]}}",
                "X-Isospin-Agent-Secret",
                "secret");
        api.report("one", "DHCP agent", "");
        String network = api.network("");
        api.subnet(network, "10.0.0.0/24", "");
        String port = api.port(network, "\"device_owner\": \"compute:nova\", \"binding:host_id\": \"two\"")
                .path("id")
                .asString();
        api.network("\"segments\": [{\"provider:network_type\": \"vxlan\"}, {\"provider:network_type\": \"vxlan\"}]");
        api.post("/v2.0/subnetpools", "{\"subnetpool\": {\"name\": \"p\", \"prefixes\": [\"10.1.0.0/16\"]}}");
        api.post("/v2.0/address-scopes", "{\"address_scope\": {\"ip_version\": 4}}");
        api.post(
                "/v2.0/rbac-policies",
                "{\"rbac_policy\": {\"object_type\": \"network\", \"object_id\": \"" + network
                        + "\", \"target_tenant\": \"other\", \"action\": \"access_as_shared\"}}");
        var seen = new TreeSet<String>();
        contract.document().path("paths").properties().forEach(path -> {
            var item = path.getValue().at("/get/responses/200/content/application~1json/schema/properties");
            item.properties().forEach(key -> {
                String component = key.getValue().at("/items/$ref").asString("").replaceFirst(".*/", "");
                String there = path.getKey().replaceFirst("\\{port_id}", port);
                if (!component.isEmpty() && !component.equals("link") && there.indexOf('{') < 0) {
                    api.get(there)
                            .at("/" + key.getKey())
                            .forEach(one -> one.propertyNames().forEach(name -> seen.add(component + "." + name)));
                }
            });
        });
        assertThat(seen).isEqualTo(new TreeSet<>(contract.attributes()));
    }

    @Test
    void aFormCanBeMadeOfIt() {
        JsonNode create = contract.document().at("/components/schemas/port_create");
        assertThat(create.at("/required").toString()).isEqualTo("[\"network_id\"]");
        assertThat(create.at("/properties/network_id/x-isospin-collection").asString())
                .isEqualTo("/v2.0/networks");
        assertThat(create.at("/properties/binding:host_id/x-isospin-rule").asString())
                .isEqualTo("create_port:binding:host_id");
        assertThat(create.at("/properties/binding:vnic_type/default").asString())
                .isEqualTo("normal");
        assertThat(create.at("/properties").has("status")).isFalse();
        assertThat(contract.document()
                        .at("/components/schemas/port/properties/status/readOnly")
                        .asBoolean())
                .isTrue();
        assertThat(contract.document()
                        .at("/components/schemas/port_update/properties")
                        .has("network_id"))
                .isFalse();
    }

    @Test
    void itIsServedWithoutATokenAndNotAgainToWhoHasIt() {
        var first = api.get("/openapi.json");
        String etag = first.raw().headers().firstValue("ETag").orElseThrow();
        assertThat(first.raw().headers().firstValue("Content-Type")).contains("application/json");
        var again = api.send("GET", "/openapi.json", null, "If-None-Match", etag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.raw().body()).isEmpty();
        assertThat(api.send("GET", "/openapi.json", null, "If-None-Match", "\"other\"")
                        .status())
                .isEqualTo(200);
        assertThat(api.send("POST", "/openapi.json", "{}").error()).startsWith("405");
    }
}
