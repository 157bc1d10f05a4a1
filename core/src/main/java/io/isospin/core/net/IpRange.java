package io.isospin.core.net;

/** A closed range of addresses of one version, {@code first} up to and with {@code last}. */
public record IpRange(IpAddress first, IpAddress last) {

    public IpRange {
        if (first.version() != last.version() || first.compareTo(last) > 0) {
            throw new IllegalArgumentException("'" + first + "-" + last + "' is not a range of addresses");
        }
    }

    public boolean contains(IpAddress address) {
        return first.version() == address.version() && first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    public boolean overlaps(IpRange other) {
        return contains(other.first) || other.contains(first);
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
