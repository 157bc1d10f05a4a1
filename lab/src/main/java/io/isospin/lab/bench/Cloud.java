package io.isospin.lab.bench;

import java.util.stream.IntStream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of requests. */
final class Cloud {
    private Cloud() {}

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A network of {@code project} with one subnet; answers the network's id. */
    static String network(Api api, String project, String cidr) {
        String id = made(api, "network", object().put("name", "bench").put("project_id", project));
        made(
                api,
                "subnet",
                object().put("network_id", id)
                        .put("ip_version", 4)
                        .put("cidr", cidr)
                        .put("project_id", project));
        return id;
    }

    /** Makes one resource; answers its id. */
    static String made(Api api, String member, ObjectNode values) {
        return api.post("/" + member + "s", object().set(member, values))
                .path(member)
                .path("id")
                .asString();
    }

    static ObjectNode port(String network, String project, String name) {
        return object().put("network_id", network).put("project_id", project).put("name", name);
    }

    static ObjectNode ports(String network, String project, int count) {
        var body = object();
        var ports = body.putArray("ports");
        IntStream.range(0, count).forEach(i -> ports.add(port(network, project, "bench")));
        return body;
    }
}
