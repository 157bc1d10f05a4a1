package io.isospin.cli.bench;

import io.isospin.cli.bench.Target.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Networks, subnets and ports of the benchmark: their requests, and a record of what must be deleted at the end. */
final class Cloud {
    private static final int CLEARING_CLIENTS = 8;
    private static final int WARM_PORTS = 4;

    private final Target target;
    private final Errors errors;
    private final Set<String> networks = Collections.synchronizedSet(new LinkedHashSet<>());
    private final String run = Long.toHexString(System.currentTimeMillis());
    private int named;

    Cloud(Target target, Errors errors) {
        this.target = target;
        this.errors = errors;
    }

    String name(String kind) {
        return "bench-" + kind + "-" + run + "-" + ++named;
    }

    private ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    Request network() {
        var network =
                object().put("name", name("net")).put("admin_state_up", true).put("project_id", target.project());
        return target.post("/v2.0/networks", object().set("network", network));
    }

    Request subnet(String network, String cidr) {
        var subnet = object().put("network_id", network)
                .put("ip_version", 4)
                .put("cidr", cidr)
                .put("name", name("sub"))
                .put("project_id", target.project());
        return target.post("/v2.0/subnets", object().set("subnet", subnet));
    }

    private ObjectNode portValues(String network) {
        return object().put("network_id", network)
                .put("name", name("port"))
                .put("admin_state_up", true)
                .put("project_id", target.project());
    }

    Request port(String network) {
        return target.post("/v2.0/ports", object().set("port", portValues(network)));
    }

    Request ports(String network, int count) {
        var body = object();
        var ports = body.putArray("ports");
        IntStream.range(0, count).forEach(i -> ports.add(portValues(network)));
        return target.post("/v2.0/ports", body);
    }

    Request rename(String port) {
        return target.put("/v2.0/ports/" + port, object().set("port", object().put("name", name("renamed"))));
    }

    Request deletePort(String port) {
        return target.delete("/v2.0/ports/" + port);
    }

    Request deleteNetwork(String network) {
        return target.delete("/v2.0/networks/" + network);
    }

    /** The id of a network just created, which is from now on deleted at the end. */
    String keep(JsonNode network) {
        String id = network.path("id").asString();
        networks.add(id);
        return id;
    }

    /** It was deleted as part of what is measured. */
    void gone(String network) {
        networks.remove(network);
    }

    /** A network with a /16. */
    String wide(Client client) {
        String id = keep(client.need(network(), "network"));
        client.need(subnet(id, "10.64.0.0/16"), "subnet");
        return id;
    }

    /** Out of the clock: the first ports of a project may cost more than others, in Neutron its security group. */
    void warm(Client client, String network) {
        for (int i = 0; i < WARM_PORTS; i++) {
            var port = client.need(port(network), "port");
            client.send(deletePort(port.path("id").asString()));
        }
    }

    /** Deletes all that is left, by itself and out of any clock. */
    void clear() {
        for (var network : List.copyOf(networks)) {
            try (var client = new Client(target, errors, Stop.never())) {
                clear(client, network);
            }
            networks.remove(network);
        }
    }

    private void clear(Client client, String network) {
        var list = client.send(target.get("/v2.0/ports?network_id=" + network + "&fields=id"));
        var ports = new ArrayList<Request>();
        if (list != null) {
            JsonMapper.shared()
                    .readTree(list.body())
                    .path("ports")
                    .forEach(port -> ports.add(deletePort(port.path("id").asString())));
        }
        new Fan(target, errors, Stop.never()).time(ports, CLEARING_CLIENTS, 0);
        client.send(deleteNetwork(network));
    }
}
