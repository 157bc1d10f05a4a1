package io.isospin.agent.dhcp;

import io.isospin.core.host.Unit;
import io.isospin.core.net.IpVersion;

/** What DHCP does for a subnet, which for IPv6 depends on its two modes. */
final class Subnets {
    private static final String STATELESS = "dhcpv6-stateless";
    private static final String STATEFUL = "dhcpv6-stateful";

    private Subnets() {}

    /** Whether dnsmasq answers in the subnet at all. Not with SLAAC alone, where routers tell everything. */
    static boolean givesOptions(Unit.DhcpSubnet subnet) {
        return givesAddresses(subnet) || (subnet.enabled() && STATELESS.equals(subnet.ipv6AddressMode()));
    }

    static boolean givesAddresses(Unit.DhcpSubnet subnet) {
        if (!subnet.enabled()) {
            return false;
        }
        if (subnet.cidr().version() == IpVersion.V4) {
            return true;
        }
        boolean noMode = subnet.ipv6AddressMode() == null && subnet.ipv6RaMode() == null;
        // dnsmasq refuses DHCPv6 ranges with prefixes shorter than 64 bits.
        return (STATEFUL.equals(subnet.ipv6AddressMode()) || noMode)
                && subnet.cidr().length() >= 64;
    }
}
