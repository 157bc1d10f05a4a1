package io.isospin.agent.dhcp;

import io.isospin.core.host.Unit;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpVersion;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who gets which address: dnsmasq's {@code --dhcp-hostsfile}, the names in {@code --addn-hosts}, and the same as a map.
 *
 * @param owners which MAC has an address reserved
 * @param lines the line of each reserved address in {@code hosts}
 */
record HostsFile(String hosts, String names, Map<IpAddress, MacAddress> owners, Map<IpAddress, String> lines) {

    static HostsFile of(Unit.Dhcp dhcp, List<Unit.Reservation> reservations, String domain) {
        var subnets = new HashMap<ResourceId, Unit.DhcpSubnet>();
        dhcp.subnets().forEach(subnet -> subnets.put(subnet.id(), subnet));
        // In the order of addresses, so that the same reservations make the same file.
        SortedMap<IpAddress, String> hosts = new TreeMap<>();
        SortedMap<IpAddress, String> names = new TreeMap<>();
        var owners = new HashMap<IpAddress, MacAddress>();
        for (Unit.Reservation reservation : reservations) {
            for (Unit.ReservedAddress reserved : reservation.addresses()) {
                Unit.DhcpSubnet subnet = subnets.get(reserved.subnet());
                if (subnet == null || !subnet.enabled()) {
                    continue;
                }
                IpAddress address = reserved.address();
                String name = name(reservation, address);
                String whole = whole(name, domain);
                if (Subnets.givesAddresses(subnet)) {
                    hosts.put(address, line(reservation, whole, address));
                    owners.put(address, reservation.mac());
                } else if (Subnets.givesOptions(subnet)
                        && !options(reservation, address).isEmpty()) {
                    hosts.put(address, reservation.mac() + ",set:" + Tags.port(reservation.port()));
                }
                names.put(address, address + "\t" + whole + " " + withoutDot(name));
            }
        }
        return new HostsFile(text(hosts.values()), text(names.values()), owners, hosts);
    }

    private static String line(Unit.Reservation reservation, String name, IpAddress address) {
        boolean v4 = address.version() == IpVersion.V4;
        String tag = options(reservation, address).isEmpty() ? "" : ",set:" + Tags.port(reservation.port());
        return reservation.mac() + "," + name + "," + (v4 ? address : "[" + address + "]") + tag;
    }

    private static List<Unit.ExtraOption> options(Unit.Reservation reservation, IpAddress address) {
        return reservation.extraOptions().stream()
                .filter(option -> option.ipVersion() == address.version().number())
                .toList();
    }

    private static String name(Unit.Reservation reservation, IpAddress address) {
        String given = reservation.dnsName();
        if (given != null && !given.isEmpty()) {
            return given;
        }
        return "host-" + address.toString().replace('.', '-').replace(':', '-');
    }

    /** A name that ends in a dot is whole already; dnsmasq writes names without it. */
    private static String whole(String name, String domain) {
        return name.endsWith(".") || domain.isEmpty() ? withoutDot(name) : name + "." + domain;
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static String text(Collection<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
