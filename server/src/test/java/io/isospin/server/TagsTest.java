package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagsTest {
    @TempDir
    Path folder;

    private Api api;
    private String network = "";

    @BeforeEach
    void start() {
        api = Api.in(folder);
        network = api.network("\"name\": \"n\"");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String path() {
        return "/v2.0/networks/" + network + "/tags";
    }

    private String tags() {
        return api.get("/v2.0/networks/" + network).at("/network/tags").toString();
    }

    private List<String> named(String filter) {
        return api.get("/v2.0/networks?fields=name&" + filter)
                .at("/networks")
                .valueStream()
                .map(one -> one.path("name").asString())
                .sorted()
                .toList();
    }

    @Test
    void aNewResourceHasNoTagsAndGetsThemAllAtOnce() {
        assertThat(tags()).isEqualTo("[]");
        var answer = api.put(path(), "{\"tags\": [\"red\", \"blue\"]}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/tags").toString()).isEqualTo("[\"red\",\"blue\"]");
        assertThat(tags()).isEqualTo("[\"blue\",\"red\"]");
        assertThat(api.get(path()).at("/tags").toString()).isEqualTo("[\"blue\",\"red\"]");
        api.put(path(), "{\"tags\": [\"green\"]}");
        assertThat(tags()).isEqualTo("[\"green\"]");
        assertThat(api.delete(path()).status()).isEqualTo(204);
        assertThat(tags()).isEqualTo("[]");
    }

    @Test
    void oneTagIsAddedFoundAndTakenAway() {
        assertThat(api.put(path() + "/a%2Fb", "").status()).isEqualTo(201);
        assertThat(api.get(path() + "/a%2Fb").status()).isEqualTo(204);
        assertThat(api.get(path() + "/c").error()).isEqualTo("404 TagNotFound: Tag c could not be found.");
        assertThat(api.delete(path() + "/c").error()).isEqualTo("404 TagNotFound: Tag c could not be found.");
        assertThat(api.delete(path() + "/a%2Fb").status()).isEqualTo(204);
        assertThat(tags()).isEqualTo("[]");
    }

    @Test
    void postingTagsAddsToThoseThatThereAre() {
        api.put(path(), "{\"tags\": [\"red\"]}");
        assertThat(api.post(path(), "{\"tags\": [\"blue\", \"red\"]}").status()).isEqualTo(200);
        assertThat(tags()).isEqualTo("[\"blue\",\"red\"]");
    }

    @Test
    void tagsChangeTheRevisionOnceAndOnlyWhenTheyDiffer() {
        api.put(path(), "{\"tags\": [\"red\"]}");
        api.put(path() + "/red", "");
        assertThat(api.get("/v2.0/networks/" + network)
                        .at("/network/revision_number")
                        .asInt())
                .isEqualTo(2);
        assertThat(api.put(path(), "{\"tags\": []}", "If-Match", "revision_number=1")
                        .error())
                .isEqualTo("412 RevisionNumberConstraintFailed: Constrained to 1, but current revision is 2");
        assertThat(tags()).isEqualTo("[\"red\"]");
    }

    @Test
    void wrongTagsAreRefusedInNeutronsWords() {
        assertThat(api.put(path(), "{\"label\": []}").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: Invalid tags body.");
        assertThat(api.put(path(), "{\"tags\": [\"a\", \"a\"]}").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: Duplicate items in the list: 'a'.");
        assertThat(api.put(path(), "{\"tags\": [7]}").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: '7' is not a valid string.");
        String longTag = "x".repeat(256);
        assertThat(api.put(path() + "/" + longTag, "").error())
                .isEqualTo("400 InvalidInput: Invalid input for operation: '" + longTag
                        + "' exceeds maximum length of 255.");
        assertThat(api.put("/v2.0/networks/" + network, "{\"network\": {\"tags\": []}}")
                        .error())
                .isEqualTo("400 HTTPBadRequest: Cannot update read-only attribute tags");
        assertThat(api.post("/v2.0/networks", "{\"network\": {\"tags\": []}}").error())
                .isEqualTo("400 HTTPBadRequest: Attribute 'tags' not allowed in POST");
        assertThat(tags()).isEqualTo("[]");
    }

    @Test
    void portsAreTaggedAsTheyAreMade() {
        var port = api.port(network, "\"tags\": [\"red\", \"blue\"]");
        assertThat(port.path("tags").toString()).isEqualTo("[\"red\",\"blue\"]");
        assertThat(api.get("/v2.0/ports?tags=red,blue").at("/ports")).hasSize(1);
        assertThat(api.port(network, "").path("tags").toString()).isEqualTo("[]");
    }

    @Test
    void listsAreFilteredByAllAnyAndNoneOfTheTags() {
        for (var one : List.of("a", "b", "c")) {
            api.network("\"name\": \"" + one + "\"");
        }
        tag("a", "red,blue");
        tag("b", "red");
        assertThat(named("tags=red")).containsExactly("a", "b");
        assertThat(named("tags=red,blue")).containsExactly("a");
        assertThat(named("tags=red&tags=blue")).containsExactly("a");
        assertThat(named("tags-any=blue,black")).containsExactly("a");
        assertThat(named("not-tags=red,blue")).containsExactly("b", "c", "n");
        assertThat(named("not-tags-any=red,blue")).containsExactly("c", "n");
        assertThat(named("tags=red&not-tags-any=blue")).containsExactly("b");
        assertThat(api.get("/v2.0/agents?tags=red").error())
                .isEqualTo("400 HTTPBadRequest: ['tags'] is invalid attribute for filtering");
    }

    private void tag(String name, String tags) {
        String id = api.get("/v2.0/networks?name=" + name).at("/networks/0/id").asString();
        var answer = api.put("/v2.0/networks/" + id + "/tags", "{\"tags\": [\"" + tags.replace(",", "\", \"") + "\"]}");
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aDeletedResourceIsNoLongerFoundByItsTags() {
        tag("n", "red");
        api.delete("/v2.0/networks/" + network);
        assertThat(named("tags=red")).isEmpty();
        assertThat(api.get(path()).error())
                .isEqualTo("404 TagResourceNotFound: Resource networks " + network + " could not be found.");
    }

    @Test
    void othersNeitherSeeNorSetTags() {
        var other = api.as("other", "member");
        assertThat(other.get(path()).error()).startsWith("404 TagResourceNotFound");
        assertThat(other.put(path(), "{\"tags\": []}").error()).startsWith("404 TagResourceNotFound");
        String shared = api.network("\"shared\": true");
        assertThat(other.put("/v2.0/networks/" + shared + "/tags/mine", "").status())
                .isEqualTo(403);
        assertThat(api.get("/v2.0/networks/" + shared + "/tags").at("/tags")).isEmpty();
    }
}
