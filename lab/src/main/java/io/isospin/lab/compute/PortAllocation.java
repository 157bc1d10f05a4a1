package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.RequestedNetworks.GivenPort;
import io.isospin.lab.compute.RequestedNetworks.Item;
import io.isospin.lab.compute.RequestedNetworks.OnNetwork;
import io.isospin.lab.compute.instance.Vif;
import io.isospin.lab.http.Json;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Ports for instances: made with the caller's token, so that the port is theirs and counts on their quota, and bound
 * with compute's own, as binding is not for tenants.
 */
final class PortAllocation {
    private static final System.Logger LOG = System.getLogger(PortAllocation.class.getName());

    private final Networking networking;
    private final Supplier<String> serviceToken;

    PortAllocation(Networking networking, Supplier<String> serviceToken) {
        this.networking = networking;
        this.serviceToken = serviceToken;
    }

    /** The port is there and the host cannot carry it. */
    static final class BindingFailed extends Exception {
        BindingFailed(ResourceId port) {
            super("Binding failed for port " + port + ", please check neutron logs for more information.");
        }
    }

    /**
     * Makes or takes a port and binds it to the instance's host. {@code keep} hears of the port as soon as there is
     * something to take back, and again when it is bound.
     */
    Vif allocate(Instance instance, Item item, String userToken, Consumer<Vif> keep) throws BindingFailed {
        var port = switch (item) {
            case GivenPort given ->
                networking
                        .port(serviceToken.get(), given.port())
                        .orElseThrow(() -> new Networking.Failure(
                                404, "PortNotFound", "Port id " + given.port() + " could not be found."));
            case OnNetwork wanted -> create(instance, wanted, userToken);
        };
        boolean owned = item instanceof OnNetwork;
        if (!owned
                && !port.deviceId().isEmpty()
                && !port.deviceId().equals(instance.id().value())) {
            throw new Networking.Failure(409, "PortInUse", "Port " + port.id() + " is still in use.");
        }
        var network = networking
                .networks(serviceToken.get(), Map.of("id", port.network().value()))
                .stream()
                .findFirst()
                .orElseThrow(() -> new Networking.Failure(
                        404, "NetworkNotFound", "Network " + port.network() + " could not be found."));
        keep.accept(vif(port, network, owned));
        var changes = Json.object()
                .put("device_id", instance.id().value())
                .put("device_owner", "compute:" + instance.zone())
                .put("binding:host_id", instance.host());
        var bound = networking.updatePort(serviceToken.get(), port.id(), changes);
        var vif = vif(bound, network, owned);
        keep.accept(vif);
        if (bound.vifType().equals("binding_failed")) {
            throw new BindingFailed(port.id());
        }
        return vif;
    }

    /** The interface as its port is now; empty where the port has gone. */
    Optional<Vif> refreshed(Vif vif) {
        return networking
                .port(serviceToken.get(), vif.port())
                .map(port -> new Vif(
                        vif.port(),
                        vif.network(),
                        vif.networkName(),
                        port.mac(),
                        port.addresses(),
                        vif.mtu(),
                        vif.owned()));
    }

    /** All of them as they are now, without those whose port has gone. */
    List<Vif> refreshed(List<Vif> vifs) {
        return vifs.stream().flatMap(vif -> refreshed(vif).stream()).toList();
    }

    /** Has the ports wait for the instance on one host more. Those made are taken back where one can't be. */
    void bindAlso(List<Vif> vifs, String host) {
        var made = new ArrayList<Vif>();
        try {
            for (var vif : vifs) {
                networking.createBinding(serviceToken.get(), vif.port(), host);
                made.add(vif);
            }
        } catch (Networking.Failure failure) {
            withdraw(made, host);
            throw failure;
        }
    }

    /** Lets the ports go over to a host that they are bound to already. */
    void activate(List<Vif> vifs, String host) {
        vifs.forEach(vif -> networking.activateBinding(serviceToken.get(), vif.port(), host));
    }

    /** Takes back the ports' bindings to a host. */
    void withdraw(List<Vif> vifs, String host) {
        for (var vif : vifs) {
            try {
                networking.deleteBinding(serviceToken.get(), vif.port(), host);
            } catch (Networking.Failure failure) {
                LOG.log(Level.WARNING, "port {0} stays bound to {1} as well: {2}", vif.port(), host, failure.message());
            }
        }
    }

    /** Takes back all bindings but those to one host, as a move may have left them that the lab did not live to end. */
    void withdrawOthers(List<Vif> vifs, String host) {
        for (var vif : vifs) {
            var hosts = networking.boundHosts(serviceToken.get(), vif.port());
            if (hosts.size() > 1 && hosts.contains(host)) {
                if (!hosts.getFirst().equals(host)) {
                    networking.activateBinding(serviceToken.get(), vif.port(), host);
                }
                hosts.stream().filter(other -> !other.equals(host)).forEach(other -> withdraw(List.of(vif), other));
            }
        }
    }

    /** Deletes a port that compute made, and gives back one that it was given. */
    void release(Vif vif) {
        if (vif.owned()) {
            networking.deletePort(serviceToken.get(), vif.port());
            return;
        }
        var changes = Json.object().put("device_id", "").put("device_owner", "").put("binding:host_id", "");
        changes.putObject("binding:profile");
        try {
            networking.updatePort(serviceToken.get(), vif.port(), changes);
        } catch (Networking.Failure failure) {
            if (failure.status() != 404) {
                throw failure;
            }
        }
    }

    /** The interfaces with one added or, where the port is there already, put in its place. */
    static List<Vif> with(List<Vif> vifs, Vif vif) {
        boolean known = vifs.stream().anyMatch(old -> old.port().equals(vif.port()));
        return known
                ? vifs.stream()
                        .map(old -> old.port().equals(vif.port()) ? vif : old)
                        .toList()
                : Stream.concat(vifs.stream(), Stream.of(vif)).toList();
    }

    private Networking.Port create(Instance instance, OnNetwork wanted, String userToken) {
        var body = Json.object()
                .put("network_id", wanted.network().value())
                .put("admin_state_up", true)
                .put("tenant_id", instance.projectId())
                .put("device_id", instance.id().value());
        wanted.address()
                .ifPresent(address -> body.putArray("fixed_ips").addObject().put("ip_address", address.toString()));
        return networking.createPort(userToken, body);
    }

    private static Vif vif(Networking.Port port, Networking.Network network, boolean owned) {
        return new Vif(port.id(), network.id(), network.name(), port.mac(), port.addresses(), network.mtu(), owned);
    }
}
