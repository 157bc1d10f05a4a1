package io.isospin.core.net;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The id of an API resource: a UUID in its lower-case canonical text. */
public record ResourceId(String value) implements Comparable<ResourceId> {
    private static final int LENGTH = 36;

    public ResourceId {
        if (!isCanonical(value)) {
            throw new IllegalArgumentException("'" + value + "' is not a valid UUID");
        }
    }

    // By hand: every request passes here several times, and a regular expression shows in its profile.
    private static boolean isCanonical(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            boolean fits = dash ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (!fits) {
                return false;
            }
        }
        return true;
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
