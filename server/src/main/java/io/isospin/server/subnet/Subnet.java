package io.isospin.server.subnet;

import static io.isospin.server.api.Documents.flag;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.IpRange;
import io.isospin.core.net.IpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A subnet's document, read with types. */
public record Subnet(ObjectNode document) {
    public String id() {
        return text(document, "id");
    }

    public String networkId() {
        return text(document, "network_id");
    }

    public IpPrefix cidr() {
        return IpPrefix.parse(text(document, "cidr"));
    }

    public IpVersion version() {
        return IpVersion.of(document.path("ip_version").asInt());
    }

    public Optional<IpAddress> gateway() {
        var gateway = document.path("gateway_ip");
        return gateway.isString() ? Optional.of(IpAddress.parse(gateway.stringValue())) : Optional.empty();
    }

    /** The segment that the subnet belongs to; empty for all of the network. */
    public String segment() {
        return text(document, "segment_id");
    }

    public boolean dhcp() {
        return flag(document, "enable_dhcp");
    }

    public String addressMode() {
        return text(document, "ipv6_address_mode");
    }

    public String raMode() {
        return text(document, "ipv6_ra_mode");
    }

    /** Whether hosts make their addresses from their MACs: SLAAC, and stateless DHCPv6. */
    public boolean automatic() {
        return addressMode().equals("slaac") || addressMode().equals("dhcpv6-stateless");
    }

    /** Whether ports of a device owner get addresses here: DHCP does wherever it serves. */
    public boolean serves(String deviceOwner) {
        var types = document.path("service_types");
        return types.isEmpty()
                || (dhcp() && deviceOwner.equals("network:dhcp"))
                || types.valueStream().anyMatch(type -> type.asString().equals(deviceOwner));
    }

    public List<IpRange> pools() {
        return pools(document.path("allocation_pools"));
    }

    static List<IpRange> pools(JsonNode pools) {
        var ranges = new ArrayList<IpRange>();
        for (var pool : pools) {
            ranges.add(new IpRange(
                    IpAddress.parse(pool.path("start").asString()),
                    IpAddress.parse(pool.path("end").asString())));
        }
        return ranges;
    }

    static ArrayNode document(List<IpRange> pools) {
        var out = JsonNodeFactory.instance.arrayNode();
        pools.forEach(pool -> out.addObject()
                .put("start", pool.first().toString())
                .put("end", pool.last().toString()));
        return out;
    }

    /** Whether a host may have the address: it lies inside and is neither the network's nor the broadcast address. */
    public boolean usable(IpAddress address) {
        var cidr = cidr();
        if (!cidr.contains(address)) {
            return false;
        }
        if (cidr.version() == IpVersion.V6 || cidr.length() >= 31) {
            return true;
        }
        return !address.equals(cidr.network()) && !address.equals(cidr.last());
    }
}
