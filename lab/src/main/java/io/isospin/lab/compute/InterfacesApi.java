package io.isospin.lab.compute;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.ComputeService.Mount;
import io.isospin.lab.compute.RequestedNetworks.GivenPort;
import io.isospin.lab.compute.RequestedNetworks.Item;
import io.isospin.lab.compute.RequestedNetworks.OnNetwork;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /servers/{id}/os-interface}: a server's interfaces, listed, attached and detached. */
final class InterfacesApi {
    private static final int TAG_SHOWN = 70;
    private static final int TAG_TAKEN = 49;

    private final Instances instances;
    private final Networking networking;
    private final NetworkCheck check;
    private final Interfaces interfaces;

    InterfacesApi(Instances instances, Networking networking, NetworkCheck check, Interfaces interfaces) {
        this.instances = instances;
        this.networking = networking;
        this.check = check;
        this.interfaces = interfaces;
    }

    void mount(Mount mount) {
        mount.on("GET", "/servers/{id}/os-interface", this::list);
        mount.on("POST", "/servers/{id}/os-interface", this::attach);
        mount.on("GET", "/servers/{id}/os-interface/{port}", this::show);
        mount.on("DELETE", "/servers/{id}/os-interface/{port}", this::detach);
    }

    private Answer list(Asked asked) {
        var server = instances.of(asked);
        try {
            return Answer.ok(Json.object(
                    "interfaceAttachments",
                    Json.array(
                            networking
                                    .ports(
                                            asked.caller().secret(),
                                            Map.of("device_id", server.id().value()))
                                    .stream()
                                    .map(port -> attachment(server, port, asked.version()))
                                    .toList())));
        } catch (Networking.Failure failure) {
            throw Interfaces.refusal(failure);
        }
    }

    private Answer show(Asked asked) {
        return Answer.ok(Json.object("interfaceAttachment", shown(asked, instances.of(asked), port(asked))));
    }

    private ObjectNode shown(Asked asked, Instance server, ResourceId id) {
        try {
            return networking
                    .port(asked.caller().secret(), id)
                    .filter(port -> port.deviceId().equals(server.id().value()))
                    .map(port -> attachment(server, port, asked.version()))
                    .orElseThrow(
                            () -> Refusal.notFound("Instance " + server.id() + " does not have a port with id " + id));
        } catch (Networking.Failure failure) {
            throw Interfaces.refusal(failure);
        }
    }

    private static ObjectNode attachment(Instance server, Networking.Port port, Microversion version) {
        var node = Json.object()
                .put("net_id", port.network().value())
                .put("port_id", port.id().value())
                .put("mac_addr", port.mac().toString())
                .put("port_state", port.status());
        node.set("fixed_ips", port.body().path("fixed_ips"));
        if (version.from(TAG_SHOWN)) {
            node.put("tag", server.label().deviceTags().get(port.id().value()));
        }
        return node;
    }

    private Answer attach(Asked asked) {
        var server = instances.unlocked(asked);
        var body = asked.call().json().path("interfaceAttachment");
        var item = check.checkAttachment(wanted(body, asked.version()), asked.caller());
        var vif = interfaces.attach(server.id(), item, asked);
        var now = instances.find(server.id()).orElse(server);
        return Answer.ok(Json.object("interfaceAttachment", shown(asked, now, vif.port())));
    }

    private static Optional<Item> wanted(JsonNode body, Microversion version) {
        var network = body.path("net_id");
        var port = body.path("port_id");
        var addresses = body.path("fixed_ips");
        if (network.isString() && port.isString()) {
            throw Refusal.badRequest("Must not input both network_id and port_id");
        }
        if (!addresses.isEmpty() && !network.isString()) {
            throw Refusal.badRequest("Must input network_id when request IP address");
        }
        var tag = RequestedNetworks.tag(body, version.from(TAG_TAKEN));
        if (port.isString()) {
            return Optional.of(new GivenPort(id(port, "port_id"), tag));
        }
        if (!network.isString()) {
            return Optional.empty();
        }
        Optional<IpAddress> address = Optional.empty();
        if (!addresses.isEmpty()) {
            String text = addresses.path(0).path("ip_address").asString("");
            if (!IpAddress.isAddress(text) || addresses.size() > 1) {
                throw Refusal.badRequest("Invalid input for field/attribute fixed_ips. Value: " + addresses
                        + ". It must be one address of version 4 or 6");
            }
            address = Optional.of(IpAddress.parse(text));
        }
        return Optional.of(new OnNetwork(id(network, "net_id"), address, tag));
    }

    private static ResourceId id(JsonNode node, String name) {
        try {
            return new ResourceId(node.asString());
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("Invalid input for field/attribute " + name + ". Value: " + node.asString() + ". '"
                    + node.asString() + "' is not a 'uuid'");
        }
    }

    private Answer detach(Asked asked) {
        interfaces.detach(instances.unlocked(asked).id(), port(asked), asked);
        return Answer.empty(202);
    }

    private static ResourceId port(Asked asked) {
        String text = asked.call().variable("port");
        try {
            return new ResourceId(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.notFound("Port id " + text + " could not be found.");
        }
    }
}
