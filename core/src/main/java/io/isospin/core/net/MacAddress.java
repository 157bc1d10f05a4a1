package io.isospin.core.net;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** A 48-bit Ethernet address; its text is lower-case hexadecimal with colons. */
public record MacAddress(long value) {
    private static final Pattern TEXT =
            Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}|[0-9a-fA-F]{2}(-[0-9a-fA-F]{2}){5}");

    public MacAddress {
        if (value >>> 48 != 0) {
            throw new IllegalArgumentException("an Ethernet address has 48 bits");
        }
    }

    public static MacAddress parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a valid MAC address");
        }
        return new MacAddress(Long.parseLong(text.replace(":", "").replace("-", ""), 16));
    }

    public static MacAddress ofBytes(byte[] bytes) {
        if (bytes.length != 6) {
            throw new IllegalArgumentException("an Ethernet address has 6 bytes, not " + bytes.length);
        }
        long value = 0;
        for (byte b : bytes) {
            value = value << 8 | (b & 0xff);
        }
        return new MacAddress(value);
    }

    public byte[] bytes() {
        byte[] out = new byte[6];
        for (int i = 0; i < 6; i++) {
            out[i] = (byte) (value >>> (40 - 8 * i));
        }
        return out;
    }

    /** The SLAAC address in a /64: modified EUI-64 as of RFC 4291, appendix A. */
    public IpAddress eui64(IpPrefix prefix) {
        if (prefix.version() != IpVersion.V6 || prefix.length() > 64) {
            throw new IllegalArgumentException("EUI-64 wants an IPv6 prefix of at most 64 bits, not " + prefix);
        }
        long flipped = value ^ 0x02_00_00_00_00_00L;
        long low = (flipped >>> 24) << 40 | 0xff_fe_00_00_00L | (flipped & 0xff_ff_ff);
        return new IpAddress(IpVersion.V6, prefix.network().high(), low);
    }

    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":").formatHex(bytes());
    }
}
