package io.isospin.agent.dhcp;

import io.isospin.core.host.Unit;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What hosts are told besides their address: dnsmasq's {@code --dhcp-optsfile}, in Neutron's order and spelling. */
final class OptionsFile {
    /** Microsoft's number for what RFC 3442 has as 121, which older Windows asks for. */
    private static final String MICROSOFT_ROUTES = "249";

    private static final Pattern TAGGED_NAME = Pattern.compile("(tag:[^,]+(?:,tag:[^,]+)*,)?(.+)");

    private OptionsFile() {}

    static String of(Unit.Dhcp dhcp, List<Unit.Reservation> reservations, String domain, boolean metadataRoutes) {
        var lines = new ArrayList<String>();
        for (Unit.DhcpSubnet subnet : dhcp.subnets()) {
            if (Subnets.givesOptions(subnet)) {
                subnet(dhcp, subnet, domain, metadataRoutes, lines);
            }
        }
        reservations.stream()
                .sorted(Comparator.comparing(Unit.Reservation::port))
                .forEach(reservation -> extra(reservation, lines));
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static void subnet(
            Unit.Dhcp dhcp, Unit.DhcpSubnet subnet, String domain, boolean metadataRoutes, List<String> lines) {
        IpVersion version = subnet.cidr().version();
        String tag = Tags.subnet(subnet.id());
        dns(subnet, version, tag, lines);
        if (version == IpVersion.V6) {
            if (!domain.isEmpty()) {
                lines.add(option(version, tag, "domain-search", domain));
            }
            return;
        }
        IpAddress gateway = subnet.gateway();
        var routes = new ArrayList<String>();
        for (Unit.HostRoute route : subnet.hostRoutes()) {
            if (route.destination().length() > 0) {
                routes.add(route.destination() + "," + route.nextHop());
            } else if (gateway == null) {
                gateway = route.nextHop();
            }
        }
        if (subnet.serverAddress() != null && (metadataRoutes || subnet.gateway() == null)) {
            routes.add(DhcpPlanner.METADATA + "/32," + subnet.serverAddress());
        }
        for (Unit.DhcpSubnet other : dhcp.subnets()) {
            if (other.cidr().version() == IpVersion.V4 && !other.id().equals(subnet.id())) {
                routes.addFirst(other.cidr() + ",0.0.0.0");
            }
        }
        if (!routes.isEmpty()) {
            if (gateway != null) {
                // A client that takes classless routes must not look at the router option (RFC 3442).
                routes.add("0.0.0.0/0," + gateway);
            }
            String joined = String.join(",", routes);
            lines.add(option(version, tag, "classless-static-route", joined));
            lines.add(option(version, tag, MICROSOFT_ROUTES, joined));
        }
        lines.add(option(version, tag, "router", gateway == null ? "" : gateway.toString()));
    }

    private static void dns(Unit.DhcpSubnet subnet, IpVersion version, String tag, List<String> lines) {
        List<IpAddress> servers = subnet.dnsServers();
        if (servers.size() == 1 && servers.getFirst().isUnspecified()) {
            lines.add(option(version, tag, "dns-server", "")); // the way to ask for none
        } else if (!servers.isEmpty()) {
            String text = servers.stream()
                    .map(server -> version == IpVersion.V4 ? server.toString() : "[" + server + "]")
                    .collect(Collectors.joining(","));
            lines.add(option(version, tag, "dns-server", text));
        } else if (subnet.serverAddress() != null) {
            String own = subnet.serverAddress().toString();
            lines.add(option(version, tag, "dns-server", version == IpVersion.V4 ? own : "[" + own + "]"));
        }
    }

    private static void extra(Unit.Reservation reservation, List<String> lines) {
        for (Unit.ExtraOption extra : reservation.extraOptions()) {
            // A line break would let a port's owner write options for the whole network.
            boolean oneLine = (extra.name() + extra.value()).chars().noneMatch(Character::isISOControl);
            if (oneLine) {
                lines.add(option(
                        IpVersion.of(extra.ipVersion()), Tags.port(reservation.port()), extra.name(), extra.value()));
            }
        }
    }

    private static String option(IpVersion version, String tag, String name, String value) {
        Matcher matcher = TAGGED_NAME.matcher(name);
        String further = matcher.matches() && matcher.group(1) != null ? matcher.group(1) : "";
        String bare = name.substring(further.length());
        boolean number = !bare.isEmpty() && bare.chars().allMatch(Character::isDigit);
        String spelt = version == IpVersion.V6 ? "option6:" + bare : number ? bare : "option:" + bare;
        return "tag:" + tag + "," + further + spelt + (value.isEmpty() ? "" : "," + value);
    }
}
