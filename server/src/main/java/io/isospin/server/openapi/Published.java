package io.isospin.server.openapi;

import io.isospin.server.api.Gzip;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A document as clients get it. It is made when the first one asks, so that no server starts later for it. */
public final class Published {
    public static final String PATH = "/openapi.json";
    private static final int TAG_BYTES = 16;

    private final Supplier<ObjectNode> document;
    private @Nullable Text text;

    public Published(Supplier<ObjectNode> document) {
        this.document = document;
    }

    /**
     * @param gzip the same, packed
     * @param etag with its quotation marks, as the header has it
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares two.
    public record Text(String json, byte[] gzip, String etag) {}

    public synchronized Text text() {
        if (text == null) {
            String json = document.get().toString();
            text = new Text(json, Gzip.of(json.getBytes(StandardCharsets.UTF_8)), '"' + digest(json) + '"');
        }
        return text;
    }

    private static String digest(String json) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
