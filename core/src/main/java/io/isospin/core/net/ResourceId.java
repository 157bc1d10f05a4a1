package io.isospin.core.net;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The id of an API resource: a UUID in its lower-case canonical text. */
public record ResourceId(String value) implements Comparable<ResourceId> {
    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    public ResourceId {
        if (!CANONICAL.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is not a valid UUID");
        }
    }

    /** A new random id (version 4). Ids are names, not secrets, so the fast generator serves. */
    public static ResourceId random() {
        var random = ThreadLocalRandom.current();
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() & ~(3L << 62)) | (1L << 63);
        return new ResourceId(new UUID(high, low).toString());
    }

    /** The 11 characters that device names carry. */
    public String prefix() {
        return value.substring(0, 11);
    }

    @Override
    public int compareTo(ResourceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
