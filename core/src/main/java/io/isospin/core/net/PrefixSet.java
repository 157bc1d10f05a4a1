package io.isospin.core.net;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A set of addresses of one version, as the fewest prefixes that hold exactly these, in order. */
public record PrefixSet(List<IpPrefix> prefixes) {
    public static final PrefixSet EMPTY = new PrefixSet(List.of());

    /** All addresses of the prefixes, which may overlap. */
    public static PrefixSet of(Collection<IpPrefix> prefixes) {
        if (prefixes.stream().map(IpPrefix::version).distinct().count() > 1) {
            throw new IllegalArgumentException("a set of prefixes has one IP version");
        }
        var spans = prefixes.stream()
                .map(Span::of)
                .sorted(Comparator.comparing(Span::first))
                .toList();
        var joined = new ArrayList<Span>();
        for (var span : spans) {
            var last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && span.first.compareTo(last.last.add(BigInteger.ONE)) <= 0) {
                joined.set(joined.size() - 1, new Span(last.first, last.last.max(span.last)));
            } else {
                joined.add(span);
            }
        }
        return prefixes.isEmpty() ? EMPTY : of(prefixes.iterator().next().version(), joined);
    }

    private record Span(BigInteger first, BigInteger last) {
        static Span of(IpPrefix prefix) {
            return new Span(prefix.network().value(), prefix.last().value());
        }
    }

    private static PrefixSet of(IpVersion version, List<Span> spans) {
        var prefixes = new ArrayList<IpPrefix>();
        for (var span : spans) {
            var next = span.first;
            while (next.compareTo(span.last) <= 0) {
                var count = span.last.subtract(next).add(BigInteger.ONE);
                int aligned = next.signum() == 0 ? version.bits() : next.getLowestSetBit();
                int hostBits = Math.min(aligned, count.bitLength() - 1);
                prefixes.add(new IpPrefix(IpAddress.of(version, next), version.bits() - hostBits));
                next = next.add(BigInteger.ONE.shiftLeft(hostBits));
            }
        }
        return new PrefixSet(List.copyOf(prefixes));
    }

    public boolean isEmpty() {
        return prefixes.isEmpty();
    }

    public boolean containsAll(PrefixSet other) {
        return other.minus(this).isEmpty();
    }

    /** The addresses that are here but not there. */
    public PrefixSet minus(PrefixSet other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        var left = new ArrayList<Span>();
        for (var prefix : prefixes) {
            var span = Span.of(prefix);
            var next = span.first;
            for (var taken : other.prefixes) {
                var gap = Span.of(taken);
                if (gap.last.compareTo(next) < 0 || gap.first.compareTo(span.last) > 0) {
                    continue;
                }
                if (gap.first.compareTo(next) > 0) {
                    left.add(new Span(next, gap.first.subtract(BigInteger.ONE)));
                }
                next = gap.last.add(BigInteger.ONE);
            }
            if (next.compareTo(span.last) <= 0) {
                left.add(new Span(next, span.last));
            }
        }
        return of(prefixes.getFirst().version(), left);
    }

    /** The addresses that are both here and there. */
    public PrefixSet and(PrefixSet other) {
        return minus(minus(other));
    }
}
