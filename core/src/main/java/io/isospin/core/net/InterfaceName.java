package io.isospin.core.net;

import java.util.regex.Pattern;

/**
 * The name of a network device: 1 to 15 bytes, as Linux takes them.
 * The factories give the names that Neutron's agents use, from the first 11 characters of an id.
 */
public record InterfaceName(String value) implements Comparable<InterfaceName> {
    private static final Pattern VALID = Pattern.compile("[!-.0-9;-~]{1,15}");

    public InterfaceName {
        if (!isName(value)) {
            throw new IllegalArgumentException("'" + value + "' is not a name for a network interface");
        }
    }

    public static boolean isName(String text) {
        return VALID.matcher(text).matches() && !text.equals(".") && !text.equals("..");
    }

    public static InterfaceName bridge(ResourceId network) {
        return new InterfaceName("brq" + network.prefix());
    }

    public static InterfaceName tap(ResourceId port) {
        return new InterfaceName("tap" + port.prefix());
    }

    /** The DHCP port's device inside its namespace. */
    public static InterfaceName dhcp(ResourceId port) {
        return new InterfaceName("ns-" + port.prefix());
    }

    public static InterfaceName vxlan(Vni vni) {
        return new InterfaceName("vxlan-" + vni);
    }

    /** The VLAN device on a trunk, {@code eth2.200}. */
    public static InterfaceName vlan(InterfaceName trunk, VlanId vlan) {
        return new InterfaceName(trunk + "." + vlan);
    }

    @Override
    public int compareTo(InterfaceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
