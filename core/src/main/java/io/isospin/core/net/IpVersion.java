package io.isospin.core.net;

/** The two versions of the Internet Protocol, with their address length in bits. */
public enum IpVersion {
    V4(4, 32),
    V6(6, 128);

    private final int number;
    private final int bits;

    IpVersion(int number, int bits) {
        this.number = number;
        this.bits = bits;
    }

    public int number() {
        return number;
    }

    public int bits() {
        return bits;
    }

    public static IpVersion of(int number) {
        return switch (number) {
            case 4 -> V4;
            case 6 -> V6;
            default -> throw new IllegalArgumentException("'" + number + "' is not a version of IP");
        };
    }
}
