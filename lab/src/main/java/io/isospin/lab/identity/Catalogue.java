package io.isospin.lab.identity;

import io.isospin.lab.http.Json;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The services that there are and where, seen from a client: under the address by which it reached identity. */
public record Catalogue(List<Entry> entries) {
    private static final List<String> INTERFACES = List.of("public", "internal", "admin");

    public record Entry(String type, String name, String description, int port, String path) {
        String id() {
            return Directory.id("service", name);
        }

        String url(String host) {
            return "http://" + host + ":" + port + path;
        }
    }

    public static Catalogue of(int identity, int network, int compute, int image, int placement) {
        return new Catalogue(List.of(
                new Entry("identity", "keystone", "OpenStack Identity", identity, "/v3"),
                new Entry("network", "neutron", "OpenStack Networking", network, ""),
                new Entry("compute", "nova", "OpenStack Compute", compute, "/v2.1"),
                new Entry("image", "glance", "OpenStack Image", image, ""),
                new Entry("placement", "placement", "OpenStack Placement", placement, "")));
    }

    /** As it stands in a token. */
    public ArrayNode inToken(String host) {
        return Json.array(entries.stream()
                .map(entry -> Json.object()
                        .put("id", entry.id())
                        .put("type", entry.type())
                        .put("name", entry.name())
                        .set(
                                "endpoints",
                                Json.array(endpoints(entry, host)
                                        .peek(node -> node.remove(List.of("service_id", "enabled")))
                                        .toList())))
                .toList());
    }

    public List<ObjectNode> services() {
        return entries.stream()
                .map(entry -> Json.object()
                        .put("id", entry.id())
                        .put("type", entry.type())
                        .put("name", entry.name())
                        .put("description", entry.description())
                        .put("enabled", true))
                .toList();
    }

    public List<ObjectNode> endpoints(String host) {
        return entries.stream().flatMap(entry -> endpoints(entry, host)).toList();
    }

    private static Stream<ObjectNode> endpoints(Entry entry, String host) {
        return INTERFACES.stream()
                .map(name -> Json.object()
                        .put("id", Directory.id("endpoint", entry.name() + "/" + name))
                        .put("interface", name)
                        .put("region", Directory.REGION)
                        .put("region_id", Directory.REGION)
                        .put("url", entry.url(host))
                        .put("service_id", entry.id())
                        .put("enabled", true));
    }
}
