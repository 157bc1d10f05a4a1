package io.isospin.server.store;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpRange;
import java.math.BigInteger;

/**
 * A closed range of a pool's items. Items are fixed-width hexadecimal text, so that their alphabetical order, which
 * is the database's, is their numerical order.
 */
public record ItemRange(String first, String last) {

    public ItemRange {
        if (first.length() != last.length() || first.compareTo(last) > 0) {
            throw new IllegalArgumentException(first + ".." + last + " is not a range of items");
        }
    }

    public static ItemRange of(IpRange range) {
        return new ItemRange(range.first().sortKey(), range.last().sortKey());
    }

    public static ItemRange of(int first, int last) {
        return new ItemRange(item(first), item(last));
    }

    /** The item of a VLAN id or VNI. */
    public static String item(int number) {
        return String.format("%08x", number);
    }

    public static int number(String item) {
        return Integer.parseUnsignedInt(item, 16);
    }

    public static String item(IpAddress address) {
        return address.sortKey();
    }

    /** The item {@code offset} further on than {@code item}. */
    public static String plus(String item, long offset) {
        String hex = new BigInteger(item, 16).add(BigInteger.valueOf(offset)).toString(16);
        return "0".repeat(item.length() - hex.length()) + hex;
    }

    /** How many items there are, at most {@code limit}. */
    public long size(long limit) {
        return new BigInteger(last, 16)
                .subtract(new BigInteger(first, 16))
                .add(BigInteger.ONE)
                .min(BigInteger.valueOf(limit))
                .longValue();
    }
}
