package io.isospin.server.subnet;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.IpVersion;
import io.isospin.server.api.BadRequest;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a subnet's attributes must fulfil together, in the words of Neutron's {@code _validate_subnet}. */
final class SubnetRules {
    private static final int MOST_NAMESERVERS = 5;
    private static final int MOST_ROUTES = 20;

    private SubnetRules() {}

    /** {@code subnet}: the whole document as it would be. */
    static void check(ObjectNode subnet) {
        var view = new Subnet(subnet);
        var cidr = view.cidr();
        var version = view.version();
        if (cidr.version() != version) {
            throw mismatch("cidr", cidr.toString(), version);
        }
        if (view.dhcp()) {
            checkDhcp(cidr);
        }
        view.gateway().ifPresent(gateway -> checkGateway(view, gateway));
        checkLists(subnet, version);
        checkIpv6(view, subnet);
    }

    private static void checkDhcp(IpPrefix cidr) {
        int bits = cidr.version().bits();
        if (cidr.length() >= bits - 1) {
            throw BadRequest.input("Subnet has a prefix length that is incompatible with DHCP service enabled");
        }
        if (cidr.network().isMulticast()) {
            throw BadRequest.input("Multicast IP subnet is not supported if enable_dhcp is True");
        }
        if (cidr.network().isLoopback()
                || (cidr.version() == IpVersion.V4 && cidr.network().low() >>> 24 == 127)) {
            throw BadRequest.input("Loopback IP subnet is not supported if enable_dhcp is True");
        }
    }

    private static void checkGateway(Subnet subnet, IpAddress gateway) {
        if (gateway.version() != subnet.version()) {
            throw mismatch("gateway_ip", gateway.toString(), subnet.version());
        }
        var cidr = subnet.cidr();
        // A gateway outside of the subnet is allowed; one that is the network or its broadcast address is not.
        boolean inside = cidr.contains(gateway);
        boolean anycast = subnet.version() == IpVersion.V6 && gateway.equals(cidr.network());
        if (inside && !subnet.usable(gateway) && !anycast) {
            throw BadRequest.input("Gateway is not valid on subnet");
        }
    }

    private static void checkLists(ObjectNode subnet, IpVersion version) {
        String id = subnet.path("id").asString("new subnet");
        if (subnet.path("dns_nameservers").size() > MOST_NAMESERVERS) {
            throw new BadRequest(
                    "DNSNameServersExhausted",
                    "Unable to complete operation for " + id + ". The number of DNS nameservers exceeds the limit "
                            + MOST_NAMESERVERS + ".");
        }
        if (subnet.path("host_routes").size() > MOST_ROUTES) {
            throw new BadRequest(
                    "HostRoutesExhausted",
                    "Unable to complete operation for " + id + ". The number of host routes exceeds the limit "
                            + MOST_ROUTES + ".");
        }
        for (var route : subnet.path("host_routes")) {
            var destination = IpPrefix.parse(route.path("destination").asString());
            var nexthop = IpAddress.parse(route.path("nexthop").asString());
            if (destination.version() != version) {
                throw mismatch("destination", destination.toString(), version);
            }
            if (nexthop.version() != version) {
                throw mismatch("nexthop", nexthop.toString(), version);
            }
        }
    }

    private static void checkIpv6(Subnet subnet, JsonNode document) {
        var modes = List.of(subnet.raMode(), subnet.addressMode());
        boolean any = modes.stream().anyMatch(mode -> !mode.isEmpty());
        if (!any) {
            return;
        }
        if (subnet.version() == IpVersion.V4) {
            String name = document.path("ipv6_ra_mode").isString() ? "ipv6_ra_mode" : "ipv6_address_mode";
            throw BadRequest.input(name + " is not valid when ip_version is 4");
        }
        if (!subnet.dhcp()) {
            throw BadRequest.input("ipv6_ra_mode or ipv6_address_mode cannot be set when enable_dhcp is set to False");
        }
        if (!subnet.raMode().isEmpty()
                && !subnet.addressMode().isEmpty()
                && !subnet.raMode().equals(subnet.addressMode())) {
            throw BadRequest.input("ipv6_ra_mode set to '" + subnet.raMode() + "' with ipv6_address_mode set to '"
                    + subnet.addressMode()
                    + "' is not valid. If both attributes are set, they must be the same value");
        }
        boolean eui64 = modes.stream().anyMatch(mode -> mode.equals("slaac") || mode.equals("dhcpv6-stateless"));
        if (eui64 && subnet.cidr().length() != 64) {
            throw BadRequest.input("Invalid CIDR " + subnet.cidr() + " for IPv6 address mode. OpenStack uses the EUI-64"
                    + " address format, which requires the prefix to be /64");
        }
    }

    private static BadRequest mismatch(String name, String value, IpVersion version) {
        return BadRequest.input(name + " '" + value + "' does not match the ip_version '" + version.number() + "'");
    }
}
