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
    /** What Nova answers with differs between a boot and an attachment to what is there. */
    private enum Asking {
        BOOT(400, 400, 409),
        ATTACHMENT(404, 409, 400);

        private final int notFound;
        private final int addressInUse;
        private final int ambiguous;

        Asking(int notFound, int addressInUse, int ambiguous) {
            this.notFound = notFound;
            this.addressInUse = addressInUse;
            this.ambiguous = ambiguous;
        }
    }

    private final Networking networking;

    NetworkCheck(Networking networking) {
        this.networking = networking;
    }

    /** The interfaces to be made; refused in Nova's words where one can't be. */
    List<Item> check(RequestedNetworks requested, int servers, Token caller) {
        try {
            var items = items(requested, caller);
            requireQuota(items, servers, caller);
            return items;
        } catch (Networking.Failure failure) {
            throw Interfaces.refusal(failure);
        }
    }

    /** The interface that an attachment asks for: a port, a network, or the only network that there is. */
    Item checkAttachment(Optional<Item> wanted, Token caller) {
        try {
            var item = wanted.or(() -> theOnly(caller, Asking.ATTACHMENT))
                    .orElseThrow(() -> Refusal.badRequest("No specific network was requested and none are available"
                            + " for project '" + caller.projectId() + "'."));
            checkOne(item, caller, Asking.ATTACHMENT);
            requireQuota(List.of(item), 1, caller);
            return item;
        } catch (Networking.Failure failure) {
            throw Interfaces.refusal(failure);
        }
    }

    private void requireQuota(List<Item> items, int servers, Token caller) {
        long ports =
                servers * items.stream().filter(OnNetwork.class::isInstance).count();
        if (ports == 0) {
            return;
        }
        int quota = networking.portQuota(caller.secret(), caller.projectId());
        if (quota >= 0 && networking.portCount(caller.secret(), caller.projectId()) + ports > quota) {
            throw Refusal.forbidden("Maximum number of ports exceeded");
        }
    }

    private List<Item> items(RequestedNetworks requested, Token caller) {
        return switch (requested) {
            case RequestedNetworks.None ignored -> List.of();
            case RequestedNetworks.Unspecified ignored ->
                theOnly(caller, Asking.BOOT).stream().toList();
            case RequestedNetworks.Auto ignored ->
                List.of(theOnly(caller, Asking.BOOT)
                        .orElseThrow(() -> Refusal.badRequest(
                                "Unable to automatically allocate a network for project " + caller.projectId())));
            case RequestedNetworks.Listed listed -> {
                listed.items().forEach(item -> checkOne(item, caller, Asking.BOOT));
                yield listed.items();
            }
        };
    }

    private Optional<Item> theOnly(Token caller, Asking asking) {
        var own = networking.networks(
                caller.secret(), Map.of("tenant_id", caller.projectId(), "shared", "False", "admin_state_up", "True"));
        var shared = networking.networks(caller.secret(), Map.of("shared", "True", "admin_state_up", "True"));
        var usable = Stream.concat(own.stream(), shared.stream())
                .filter(network -> !network.external() || network.shared())
                .distinct()
                .toList();
        if (usable.size() > 1) {
            throw new Refusal(
                    asking.ambiguous, "Multiple possible networks found, use a Network ID to be more specific.");
        }
        usable.forEach(network -> requireSubnet(network));
        return usable.stream()
                .map(network -> (Item) new OnNetwork(network.id(), Optional.empty(), Optional.empty()))
                .findFirst();
    }

    private void checkOne(Item item, Token caller, Asking asking) {
        switch (item) {
            case GivenPort given -> checkPort(given.port(), caller, asking);
            case OnNetwork wanted -> {
                var network = networking
                        .networks(caller.secret(), Map.of("id", wanted.network().value()))
                        .stream()
                        .findFirst()
                        .orElseThrow(() ->
                                new Refusal(asking.notFound, "Network " + wanted.network() + " could not be found."));
                requireSubnet(network);
                if (network.external() && !network.shared() && !caller.admin()) {
                    throw Refusal.forbidden(
                            "It is not allowed to create an interface on external network " + network.id());
                }
                wanted.address().ifPresent(address -> checkFree(network.id(), address, caller, asking));
            }
        }
    }

    private void checkPort(ResourceId id, Token caller, Asking asking) {
        var port = networking
                .port(caller.secret(), id)
                .orElseThrow(() -> new Refusal(asking.notFound, "Port id " + id + " could not be found."));
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

    private void checkFree(ResourceId network, IpAddress address, Token caller, Asking asking) {
        networking
                .ports(caller.secret(), Map.of("network_id", network.value(), "fixed_ips", "ip_address=" + address))
                .stream()
                .findFirst()
                .ifPresent(port -> {
                    throw new Refusal(
                            asking.addressInUse,
                            "Fixed IP address " + address + " is already in use on instance " + port.deviceId() + ".");
                });
    }

    private static void requireSubnet(Network network) {
        if (!network.hasSubnets()) {
            throw Refusal.badRequest("Network " + network.id() + " requires a subnet in order to boot instances on.");
        }
    }
}
