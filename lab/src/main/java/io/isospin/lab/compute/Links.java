package io.isospin.lab.compute;

import io.isospin.lab.http.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Links from a resource to itself, under the address by which the client reached compute. */
record Links(String origin) {
    ArrayNode of(String collection, String id) {
        var links = Json.array();
        links.addObject().put("rel", "self").put("href", origin + "/v2.1/" + collection + "/" + id);
        links.add(bookmark(collection, id));
        return links;
    }

    ArrayNode onlyBookmark(String collection, String id) {
        return Json.array().add(bookmark(collection, id));
    }

    private ObjectNode bookmark(String collection, String id) {
        return Json.object().put("rel", "bookmark").put("href", origin + "/" + collection + "/" + id);
    }
}
