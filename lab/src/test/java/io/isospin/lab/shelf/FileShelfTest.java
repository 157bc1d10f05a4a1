package io.isospin.lab.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.lab.http.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class FileShelfTest {
    @TempDir
    private Path directory;

    @Test
    void a_document_comes_back_as_it_was_put_whatever_its_id_is() {
        var shelf = new FileShelf(directory.resolve("state"));
        assertThat(shelf.all("keys")).isEmpty();
        var one = document("../../etc/passwd");
        var two = document("한글 " + "x".repeat(300));
        shelf.put("keys", "../../etc/passwd", document("old"));
        shelf.put("keys", "../../etc/passwd", one);
        shelf.put("keys", two.path("name").asString(), two);
        assertThat(shelf.all("keys")).containsExactlyInAnyOrder(one, two);
        assertThat(shelf.all("others")).isEmpty();
        shelf.remove("keys", "../../etc/passwd");
        shelf.remove("keys", "never there");
        assertThat(shelf.all("keys")).containsExactly(two);
    }

    @Test
    void a_file_that_is_no_document_is_passed_over() throws Exception {
        var shelf = new FileShelf(directory);
        shelf.put("keys", "good", document("good"));
        Files.writeString(directory.resolve("keys/x.json"), "nonsense");
        Files.writeString(directory.resolve("keys/y.json.new"), "half");
        assertThat(shelf.all("keys")).hasSize(1);
    }

    @Test
    void what_is_kept_is_there_for_the_next_one_and_what_it_cannot_read_is_passed_over() {
        var shelf = new FileShelf(directory);
        var kept = kept(shelf);
        assertThat(kept.add("a")).isTrue();
        assertThat(kept.add("a")).isFalse();
        kept.put("b");
        kept.remove("a");
        shelf.put("words", "bad", Json.object());
        assertThat(kept(shelf).all()).containsExactly("b");
    }

    private static Kept<String> kept(Shelf shelf) {
        return new Kept<>(shelf, "words", word -> word, FileShelfTest::document, FileShelfTest::word);
    }

    private static String word(JsonNode node) {
        if (!node.has("name")) {
            throw new IllegalArgumentException("no word");
        }
        return node.path("name").asString();
    }

    private static ObjectNode document(String name) {
        return Json.object().put("name", name);
    }
}
