package io.isospin.lab.shelf;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps documents. What {@link #put} was given is there after the process was killed. */
public interface Shelf {
    void put(String kind, String id, ObjectNode document);

    /** Removes a document; one that is not there is no failure. */
    void remove(String kind, String id);

    List<JsonNode> all(String kind);

    /** For a lab that forgets. */
    Shelf NONE = new Shelf() {
        @Override
        public void put(String kind, String id, ObjectNode document) {}

        @Override
        public void remove(String kind, String id) {}

        @Override
        public List<JsonNode> all(String kind) {
            return List.of();
        }
    };
}
