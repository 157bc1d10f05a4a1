package io.isospin.core.net;

/** A VXLAN network identifier: 1 to 2^24-1 (RFC 7348). */
public record Vni(int value) {
    public static final int MAX = (1 << 24) - 1;

    public Vni {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException(
                    "a VXLAN network identifier lies between 1 and " + MAX + ", not " + value);
        }
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
