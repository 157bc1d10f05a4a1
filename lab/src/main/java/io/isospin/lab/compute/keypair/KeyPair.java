package io.isospin.lab.compute.keypair;

import io.isospin.lab.http.Json;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A key of a user, by the name that the user gave it. */
public record KeyPair(
        int number, String userId, String name, String type, String publicKey, String fingerprint, Instant created) {
    /** The two types that Nova has: a line of OpenSSH's, or a certificate in PEM. */
    public static final String SSH = "ssh";

    public static final String X509 = "x509";

    public static String id(String userId, String name) {
        return userId + " " + name;
    }

    public String id() {
        return id(userId, name);
    }

    public ObjectNode json() {
        return Json.object()
                .put("number", number)
                .put("user", userId)
                .put("name", name)
                .put("type", type)
                .put("public_key", publicKey)
                .put("fingerprint", fingerprint)
                .put("created", created.toString());
    }

    public static KeyPair read(JsonNode node) {
        return new KeyPair(
                node.path("number").asInt(0),
                node.path("user").asString(""),
                node.path("name").asString(""),
                node.path("type").asString(SSH),
                node.path("public_key").asString(""),
                node.path("fingerprint").asString(""),
                Instant.parse(node.path("created").asString("")));
    }
}
