package io.isospin.core.net;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An IPv4 or IPv6 address as an unsigned number; an IPv4 address has {@code high} 0 and 32 bits in {@code low}.
 * The text is the dotted quad, or the canonical form of RFC 5952.
 */
public record IpAddress(IpVersion version, long high, long low) implements Comparable<IpAddress> {

    public IpAddress {
        if (version == IpVersion.V4 && (high != 0 || low >>> 32 != 0)) {
            throw new IllegalArgumentException("not an IPv4 address: more than 32 bits");
        }
    }

    /** Reads a literal address of either version; never asks a resolver. */
    public static IpAddress parse(String text) {
        if (!looksLikeAddress(text)) {
            throw new IllegalArgumentException("'" + text + "' is not a valid IP address");
        }
        try {
            return ofBytes(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not a valid IP address", e);
        }
    }

    public static boolean isAddress(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    // InetAddress takes "1.2", scoped and bracketed literals too; none of them is an address here.
    private static boolean looksLikeAddress(String text) {
        if (text.indexOf(':') >= 0) {
            return text.length() <= 45 && text.indexOf('%') < 0 && text.indexOf('[') < 0;
        }
        int dots = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                dots++;
                digits = 0;
            } else if (c < '0' || c > '9' || ++digits > 3 || (digits == 2 && text.charAt(i - 1) == '0')) {
                return false;
            }
        }
        return dots == 3;
    }

    /** The address in 4 or 16 bytes, network order. */
    public static IpAddress ofBytes(byte[] bytes) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < bytes.length - 8; i++) {
            high = high << 8 | (bytes[i] & 0xff);
        }
        for (int i = Math.max(0, bytes.length - 8); i < bytes.length; i++) {
            low = low << 8 | (bytes[i] & 0xff);
        }
        // An IPv4-mapped IPv6 literal comes back from the JDK as IPv4, which is what is meant by it.
        return switch (bytes.length) {
            case 4 -> new IpAddress(IpVersion.V4, 0, low);
            case 16 -> new IpAddress(IpVersion.V6, high, low);
            default -> throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
        };
    }

    public byte[] bytes() {
        byte[] out = new byte[version.bits() / 8];
        for (int i = 0; i < out.length; i++) {
            int fromEnd = out.length - 1 - i;
            out[i] = (byte) (fromEnd < 8 ? low >>> (8 * fromEnd) : high >>> (8 * (fromEnd - 8)));
        }
        return out;
    }

    public BigInteger value() {
        return new BigInteger(1, bytes());
    }

    public static IpAddress of(IpVersion version, BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > version.bits()) {
            throw new IllegalArgumentException("no such IPv" + version.number() + " address: " + value);
        }
        return new IpAddress(version, value.shiftRight(64).longValue(), value.longValue());
    }

    /** The address {@code offset} further on; refuses to leave the version's range. */
    public IpAddress plus(long offset) {
        return of(version, value().add(BigInteger.valueOf(offset)));
    }

    /** Fixed-width hexadecimal text, whose alphabetical order is the order of the addresses. */
    public String sortKey() {
        return version == IpVersion.V4 ? toHex(low, 8) : toHex(high, 16) + toHex(low, 16);
    }

    public static IpAddress ofSortKey(String key) {
        return key.length() == 8
                ? new IpAddress(IpVersion.V4, 0, Long.parseLong(key, 16))
                : new IpAddress(
                        IpVersion.V6,
                        Long.parseUnsignedLong(key.substring(0, 16), 16),
                        Long.parseUnsignedLong(key.substring(16), 16));
    }

    private static String toHex(long value, int digits) {
        String hex = Long.toHexString(value);
        return "0".repeat(digits - hex.length()) + hex;
    }

    public boolean isMulticast() {
        return version == IpVersion.V4 ? low >>> 28 == 0xe : high >>> 56 == 0xff;
    }

    public boolean isLoopback() {
        return version == IpVersion.V4 ? low >>> 24 == 127 : high == 0 && low == 1;
    }

    public boolean isLinkLocal() {
        return version == IpVersion.V4 ? low >>> 16 == 0xa9fe : high >>> 54 == 0xfe80L >>> 6;
    }

    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    public InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(bytes());
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are always an address", e);
        }
    }

    @Override
    public int compareTo(IpAddress other) {
        int byVersion = version.compareTo(other.version);
        if (byVersion != 0) {
            return byVersion;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        if (version == IpVersion.V4) {
            return (low >>> 24) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff);
        }
        return Ipv6Text.of(high, low);
    }
}
