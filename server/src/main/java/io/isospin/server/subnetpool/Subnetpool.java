package io.isospin.server.subnetpool;

import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.IpVersion;
import io.isospin.core.net.PrefixSet;
import io.isospin.server.store.Change;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A subnet pool's document, read with types. */
public record Subnetpool(ObjectNode document) {
    /** The pool of a subnet whose prefix a provider's router delegates. */
    public static final String DELEGATION = "prefix_delegation";

    public String id() {
        return text(document, "id");
    }

    public IpVersion version() {
        return IpVersion.of(document.path("ip_version").asInt());
    }

    PrefixSet prefixes() {
        return PrefixSet.of(parsed(document.path("prefixes")));
    }

    static List<IpPrefix> parsed(JsonNode prefixes) {
        return prefixes.valueStream()
                .map(JsonNode::asString)
                .map(IpPrefix::parse)
                .toList();
    }

    static ArrayNode document(PrefixSet prefixes) {
        var out = JsonNodeFactory.instance.arrayNode();
        prefixes.prefixes().forEach(prefix -> out.add(prefix.toString()));
        return out;
    }

    /** The id of its address scope; empty for none. */
    public String scope() {
        return text(document, "address_scope_id");
    }

    int length(String which) {
        return Integer.parseInt(text(document, which + "_prefixlen"));
    }

    /** How much of the pool a project may have, in addresses or /64s; 0 for no limit. */
    int quota() {
        return document.path("default_quota").asInt(0);
    }

    /** The set of the addresses that no subnet has. */
    String free() {
        return free(id());
    }

    private static String free(String id) {
        return "subnetpool/" + id;
    }

    /** The set of the addresses that an address scope's pools have. */
    static String inScope(String scope) {
        return "address_scope/" + scope;
    }

    /** A subnet's prefix leaves the pool for it. */
    List<Change> taken(IpPrefix cidr, String project) {
        return List.of(new Change.Uncover(free(), cidr), new Change.Allocated(id(), project, cidr.length(), 1));
    }

    /** What giving a subnet's prefix back comes to, where it is from a pool. */
    public static Stream<Change> returned(ObjectNode subnet) {
        String pool = text(subnet, "subnetpool_id");
        if (pool.isEmpty() || pool.equals(DELEGATION)) {
            return Stream.of();
        }
        var cidr = IpPrefix.parse(text(subnet, "cidr"));
        return Stream.of(
                new Change.Cover(free(pool), cidr),
                new Change.Allocated(pool, text(subnet, "project_id"), cidr.length(), -1));
    }
}
