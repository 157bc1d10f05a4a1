package io.isospin.server.store;

import io.isospin.core.net.IpPrefix;
import io.isospin.core.schema.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** One thing that a decision wants changed. All changes of a decision happen in one transaction, or none does. */
public sealed interface Change {
    record Insert(Resource resource, ObjectNode document) implements Change {}

    /** The document after the change; {@code before} holds the old values of the attributes that differ. */
    record Update(Resource resource, ObjectNode document, Map<String, JsonNode> before) implements Change {
        /** From one document to the next: whoever reads the log can go back from one to the other. */
        public static Update of(Resource resource, ObjectNode before, ObjectNode after) {
            var old = new LinkedHashMap<String, JsonNode>();
            after.properties().forEach(entry -> {
                var value = before.path(entry.getKey());
                if (!value.equals(entry.getValue())) {
                    old.put(entry.getKey(), value.isMissingNode() ? NullNode.instance : value);
                }
            });
            return new Update(resource, after, old);
        }
    }

    record Delete(Resource resource, ObjectNode document) implements Change {}

    /** A new document that is nobody's news: not in the change log (an agent's heartbeat). */
    record Touch(Resource resource, ObjectNode document) implements Change {}

    /**
     * Takes an item of a pool for an owner: an address of a subnet, a VLAN of a physical network. The table's primary
     * key decides between two who want the same; the item leaves the pool's free ranges where it is in one.
     */
    record Claim(String pool, String item, String owner) implements Change {}

    /** Gives an item back; it returns to the pool's free ranges if it came from there. */
    record Release(String pool, String item) implements Change {}

    /** The ranges that a pool offers to who asks for any item: all that is not claimed in them becomes free. */
    record Offer(String pool, List<ItemRange> ranges) implements Change {}

    /** A pool that is no more, with all its claims. */
    record Drop(String pool) implements Change {}

    /** The addresses of a prefix join a set of addresses that has none of them yet. */
    record Cover(String set, IpPrefix prefix) implements Change {}

    /** The addresses of a prefix leave a set; where one is not in it, somebody else has taken it. */
    record Uncover(String set, IpPrefix prefix) implements Change {}

    /** A project has {@code more} subnets of a length from a subnet pool than before. */
    record Allocated(String subnetpool, String project, int length, int more) implements Change {}

    /** What a host said of a port, where that changes nothing that is shown of it: in the change log, and nowhere else. */
    record Answer(String port, String network, ObjectNode answer) implements Change {}

    /** What still keeps a port from ACTIVE: a comma list of provisioning blocks, empty for nothing. */
    record Await(String port, String blocks) implements Change {}

    /** How much an agent serves, so that the least loaded is found without counting. */
    record Load(String agent, int load) implements Change {}

    /** An agent serves so much more, or less. */
    record MoreLoad(String agent, int more) implements Change {}

    /** A project's limit for a resource. */
    record Limit(String project, String resource, int limit) implements Change {}

    /** A project's limits go back to the defaults. */
    record NoLimits(String project) implements Change {}

    /** A named value of the server's own: a cursor in the change log. */
    record Remember(String key, String value) implements Change {}

    /** Entries of the change log up to a revision that nobody needs any more. */
    record Prune(long upTo) implements Change {}

    /** The same of one resource, and of those after a revision. */
    record PruneOf(Resource resource, long after, long upTo) implements Change {}
}
