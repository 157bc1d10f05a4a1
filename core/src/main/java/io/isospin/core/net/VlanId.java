package io.isospin.core.net;

/** An IEEE 802.1Q VLAN tag that networks may use: 1 to 4094. */
public record VlanId(int value) {
    public static final int MAX = 4094;

    public VlanId {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException("a VLAN id lies between 1 and " + MAX + ", not " + value);
        }
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
