package io.isospin.server.port;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpVersion;
import io.isospin.core.net.MacAddress;
import io.isospin.server.api.BadRequest;
import io.isospin.server.store.Draw;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.View;
import io.isospin.server.subnet.Subnet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Chooses a port's addresses. One that is asked for is checked; one that is not is drawn from the first thousand free
 * ones, so that requests at the same time seldom want the same; an automatic subnet's follows from the MAC.
 */
final class Addresses {
    private static final int WINDOW = 1000;
    private static final int RANGES = 16;

    private final View view;
    private final String network;
    private final List<Subnet> subnets;
    private final MacAddress mac;
    private final List<Fixed> kept;
    private final List<Fixed> chosen = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();

    /** An address of a port in one subnet. */
    record Fixed(String subnet, IpAddress address) {
        static List<Fixed> of(JsonNode fixedIps) {
            var out = new ArrayList<Fixed>();
            for (var ip : fixedIps) {
                out.add(new Fixed(
                        ip.path("subnet_id").asString(),
                        IpAddress.parse(ip.path("ip_address").asString())));
            }
            return out;
        }

        static ArrayNode document(List<Fixed> addresses) {
            var out = JsonNodeFactory.instance.arrayNode();
            addresses.forEach(fixed -> out.addObject()
                    .put("subnet_id", fixed.subnet())
                    .put("ip_address", fixed.address().toString()));
            return out;
        }
    }

    /** {@code current}: the addresses that the port has already, and may keep. */
    Addresses(View view, String network, List<Subnet> subnets, MacAddress mac, List<Fixed> current) {
        this.view = view;
        this.network = network;
        this.subnets = subnets;
        this.mac = mac;
        this.kept = new ArrayList<>(current);
    }

    /** One IPv4 address, one of DHCPv6, and one of every automatic subnet, as far as there are such subnets. */
    List<Fixed> automatic() {
        draw(subnets.stream().filter(subnet -> subnet.version() == IpVersion.V4).toList());
        draw(subnets.stream()
                .filter(subnet -> subnet.version() == IpVersion.V6 && !subnet.automatic())
                .toList());
        subnets.stream().filter(Subnet::automatic).forEach(this::derive);
        return chosen;
    }

    /** What the client listed: an address, a subnet, or an address in a subnet each. */
    List<Fixed> asked(JsonNode fixedIps) {
        // First those that name an address, so that a drawn one never takes it from them.
        for (var ip : fixedIps) {
            if (ip.has("ip_address")) {
                take(IpAddress.parse(text(ip, "ip_address")), text(ip, "subnet_id"));
            }
        }
        for (var ip : fixedIps) {
            if (!ip.has("ip_address")) {
                String id = text(ip, "subnet_id");
                if (id.isEmpty()) {
                    throw BadRequest.input("IP allocation requires subnet_id or ip_address");
                }
                fromSubnet(subnet(id));
            }
        }
        return chosen;
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private void fromSubnet(Subnet subnet) {
        var had = kept.stream()
                .filter(fixed -> fixed.subnet().equals(subnet.id()) && !chosen.contains(fixed))
                .findFirst();
        if (had.isPresent()) {
            choose(had.get());
        } else if (subnet.automatic()) {
            derive(subnet);
        } else {
            draw(List.of(subnet));
        }
    }

    private void take(IpAddress address, String subnetId) {
        var subnet = subnetId.isEmpty()
                ? subnets.stream()
                        .filter(one -> one.cidr().contains(address))
                        .findFirst()
                        .orElseThrow(() -> PortErrors.notOnNetwork(address))
                : subnet(subnetId);
        if (!subnet.usable(address)) {
            throw PortErrors.notInSubnet(address);
        }
        var fixed = new Fixed(subnet.id(), address);
        if (kept.contains(fixed)) {
            choose(fixed);
            return;
        }
        if (subnet.automatic() && !mac.eui64(subnet.cidr()).equals(address)) {
            throw PortErrors.automatic(address, subnet.id());
        }
        if (view.owner(subnet.id(), ItemRange.item(address)).isPresent() || !choose(fixed)) {
            throw PortErrors.allocated(address, subnet.id());
        }
    }

    private Subnet subnet(String id) {
        return subnets.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> PortErrors.foreignSubnet(network, id));
    }

    private void derive(Subnet subnet) {
        var address = mac.eui64(subnet.cidr());
        if (view.owner(subnet.id(), ItemRange.item(address)).isPresent()) {
            throw PortErrors.allocated(address, subnet.id());
        }
        choose(new Fixed(subnet.id(), address));
    }

    private void draw(List<Subnet> from) {
        if (from.isEmpty()) {
            return;
        }
        for (var subnet : from) {
            var free = view.free(subnet.id(), RANGES);
            for (int attempt = 0; attempt < WINDOW; attempt++) {
                Optional<String> item = Draw.random(free, WINDOW, ThreadLocalRandom.current());
                if (item.isEmpty()) {
                    break;
                }
                if (choose(new Fixed(subnet.id(), IpAddress.ofSortKey(item.get())))) {
                    return;
                }
            }
        }
        throw PortErrors.noMoreAddresses(network);
    }

    private boolean choose(Fixed fixed) {
        return taken.add(fixed.subnet() + fixed.address()) && chosen.add(fixed);
    }
}
