package io.isospin.server.store;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

    /** What is left of this range where {@code others} are taken out of it. */
    public List<ItemRange> without(List<ItemRange> others) {
        var left = new ArrayList<ItemRange>();
        String next = first;
        for (var other : merged(others)) {
            if (other.last().compareTo(next) < 0 || other.first().compareTo(last) > 0) {
                continue;
            }
            if (next.compareTo(other.first()) < 0) {
                left.add(new ItemRange(next, plus(other.first(), -1)));
            }
            if (other.last().compareTo(last) >= 0) {
                return left;
            }
            next = plus(other.last(), 1);
        }
        left.add(new ItemRange(next, last));
        return left;
    }

    /** The same items in as few ranges as there can be, in order. */
    public static List<ItemRange> merged(List<ItemRange> ranges) {
        var merged = new ArrayList<ItemRange>();
        for (var range :
                ranges.stream().sorted(Comparator.comparing(ItemRange::first)).toList()) {
            var before = merged.isEmpty() ? null : merged.getLast();
            if (before == null || before.last().compareTo(range.first()) < 0) {
                merged.add(range);
            } else if (before.last().compareTo(range.last()) < 0) {
                merged.set(merged.size() - 1, new ItemRange(before.first(), range.last()));
            }
        }
        return merged;
    }

    /** The part of this range that lies in another one, if any. */
    public Optional<ItemRange> within(ItemRange other) {
        String from = first.compareTo(other.first) > 0 ? first : other.first;
        String to = last.compareTo(other.last) < 0 ? last : other.last;
        return from.compareTo(to) <= 0 ? Optional.of(new ItemRange(from, to)) : Optional.empty();
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
