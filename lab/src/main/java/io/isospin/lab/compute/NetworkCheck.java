package io.isospin.lab.compute;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.Networking.Network;
import io.isospin.lab.compute.RequestedNetworks.GivenPort;
import io.isospin.lab.compute.RequestedNetworks.Item;
import io.isospin.lab.compute.RequestedNetworks.OnNetwork;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.identity.Token;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at the networks of a boot before anything is made, and says which interfaces it will have. */
final class NetworkCheck {
    private final Networking networking;

    NetworkCheck(Networking networking) {
        this.networking = networking;
    }

    /** The interfaces to be made; refused in Nova's words where one can't be. */
    List<Item> check(RequestedNetworks requested, Token caller) {
        try {
            return switch (requested) {
                case RequestedNetworks.None ignored -> List.of();
                case RequestedNetworks.Unspecified ignored ->
                    theOnly(caller).stream().toList();
                case RequestedNetworks.Auto ignored ->
                    List.of(theOnly(caller)
                            .orElseThrow(() -> Refusal.badRequest(
                                    "Unable to automatically allocate a network for project " + caller.projectId())));
                case RequestedNetworks.Listed listed -> {
                    listed.items().forEach(item -> checkOne(item, caller));
                    yield listed.items();
                }
            };
        } catch (Networking.Failure failure) {
            throw failure.status() >= 500
                    ? new Refusal(503, failure.message())
                    : new Refusal(failure.status(), failure.message());
        }
    }

    private Optional<Item> theOnly(Token caller) {
        var own = networking.networks(
                caller.secret(), Map.of("tenant_id", caller.projectId(), "shared", "False", "admin_state_up", "True"));
        var shared = networking.networks(caller.secret(), Map.of("shared", "True", "admin_state_up", "True"));
        var usable = Stream.concat(own.stream(), shared.stream())
                .filter(network -> !network.external() || network.shared())
                .distinct()
                .toList();
        if (usable.size() > 1) {
            throw Refusal.conflict("Multiple possible networks found, use a Network ID to be more specific.");
        }
        usable.forEach(network -> requireSubnet(network));
        return usable.stream()
                .map(network -> (Item) new OnNetwork(network.id(), Optional.empty()))
                .findFirst();
    }

    private void checkOne(Item item, Token caller) {
        switch (item) {
            case GivenPort given -> checkPort(given.port(), caller);
            case OnNetwork wanted -> {
                var network = networking
                        .networks(caller.secret(), Map.of("id", wanted.network().value()))
                        .stream()
                        .findFirst()
                        .orElseThrow(() -> Refusal.badRequest("Network " + wanted.network() + " could not be found."));
                requireSubnet(network);
                if (network.external() && !network.shared() && !caller.admin()) {
                    throw Refusal.forbidden(
                            "It is not allowed to create an interface on external network " + network.id());
                }
                wanted.address().ifPresent(address -> checkFree(network.id(), address, caller));
            }
        }
    }

    private void checkPort(ResourceId id, Token caller) {
        var port = networking
                .port(caller.secret(), id)
                .orElseThrow(() -> Refusal.badRequest("Port " + id + " could not be found."));
        if (!port.projectId().equals(caller.projectId()) && !caller.admin()) {
            throw Refusal.badRequest("Port " + id + " not usable for instance: it belongs to another project.");
        }
        if (!port.deviceId().isEmpty()) {
            throw Refusal.conflict("Port " + id + " is still in use.");
        }
        if (port.addresses().isEmpty()) {
            throw Refusal.badRequest("Port " + id + " requires a FixedIP in order to be used.");
        }
    }

    private void checkFree(ResourceId network, IpAddress address, Token caller) {
        networking
                .ports(caller.secret(), Map.of("network_id", network.value(), "fixed_ips", "ip_address=" + address))
                .stream()
                .findFirst()
                .ifPresent(port -> {
                    throw Refusal.badRequest(
                            "Fixed IP address " + address + " is already in use on instance " + port.deviceId() + ".");
                });
    }

    private static void requireSubnet(Network network) {
        if (!network.hasSubnets()) {
            throw Refusal.badRequest("Network " + network.id() + " requires a subnet in order to boot instances on.");
        }
    }
}
