package io.isospin.core.net;

import java.math.BigInteger;

/** A network in CIDR notation: its first address and the length of the prefix in bits; no host bits are set. */
public record IpPrefix(IpAddress network, int length) {

    public IpPrefix {
        if (length < 0 || length > network.version().bits()) {
            throw new IllegalArgumentException("'" + network + "/" + length + "' is not a valid IP subnet");
        }
        if (!network.equals(mask(network, length))) {
            throw new IllegalArgumentException("'" + network + "/" + length + "' isn't a recognized IP subnet cidr, '"
                    + mask(network, length) + "/" + length + "' is recommended");
        }
    }

    /** Reads {@code address/length}; host bits must be zero. */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address;
        int length;
        try {
            if (slash < 0) {
                throw new IllegalArgumentException("no prefix length");
            }
            address = IpAddress.parse(text.substring(0, slash));
            length = Integer.parseInt(text, slash + 1, text.length(), 10);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not a valid IP subnet", e);
        }
        return new IpPrefix(address, length);
    }

    /** The network of {@code length} bits in which {@code address} lies. */
    public static IpPrefix containing(IpAddress address, int length) {
        return new IpPrefix(mask(address, length), length);
    }

    private static IpAddress mask(IpAddress address, int length) {
        int hostBits = address.version().bits() - length;
        return IpAddress.of(
                address.version(), address.value().shiftRight(hostBits).shiftLeft(hostBits));
    }

    public IpVersion version() {
        return network.version();
    }

    public boolean contains(IpAddress address) {
        return address.version() == version() && mask(address, length).equals(network);
    }

    public boolean overlaps(IpPrefix other) {
        return contains(other.network) || other.contains(network);
    }

    public IpAddress last() {
        BigInteger size = BigInteger.ONE.shiftLeft(version().bits() - length);
        return IpAddress.of(version(), network.value().add(size).subtract(BigInteger.ONE));
    }

    public IpRange range() {
        return new IpRange(network, last());
    }

    @Override
    public String toString() {
        return network + "/" + length;
    }
}
