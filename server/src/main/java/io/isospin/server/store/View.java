package io.isospin.server.store;

import io.isospin.core.net.IpPrefix;
import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What a decision or a reader may look at; within one transaction it shows one state. */
public interface View extends Lookup {
    /** The time of the transaction, in whole seconds as the API shows it. */
    Instant now();

    /** Documents of a few attributes that have columns, as JSON texts, without reading the whole ones. */
    List<String> columns(Resource resource, List<Attribute> attributes, Query query);

    Optional<String> text(Resource resource, String id);

    /** The first {@code limit} free ranges of a pool, in order. */
    List<ItemRange> free(String pool, int limit);

    /** The first free ranges of a pool inside of a range, cut to it: as many as {@code limit} at most. */
    List<ItemRange> free(String pool, ItemRange within, int limit);

    /** The items of a pool inside of a range that have owners, each with its owner. */
    Map<String, String> claimed(String pool, ItemRange within);

    /** Who has an item, if anyone. */
    Optional<String> owner(String pool, String item);

    /** The owners of a pool's items, at most {@code limit}. */
    List<String> owners(String pool, int limit);

    /** How many items of a pool have an owner. */
    int claimed(String pool);

    /** The largest prefix of a set that holds {@code prefix}. */
    Optional<IpPrefix> covering(String set, IpPrefix prefix);

    /** The smallest of a set's largest prefixes that has room for one of {@code length}; the first of several. */
    Optional<IpPrefix> smallest(String set, int length);

    /** Whether a set has any address of a prefix. */
    boolean overlaps(String set, IpPrefix prefix);

    /** How many subnets of each length a project has from a subnet pool. */
    Map<Integer, Integer> allocated(String subnetpool, String project);

    /** How many of a resource a project has: one row, whatever the number. */
    int used(String project, String resource);

    OptionalInt limit(String project, String resource);

    /** The limits set for each project, by project and resource. */
    Map<String, Map<String, Integer>> limits();

    /** The provisioning blocks that a port still waits for. */
    String awaited(String port);

    /** Agents of a type, the least loaded first: {@code limit} of them after the first {@code skip}. */
    List<ObjectNode> byLoad(String agentType, int skip, int limit);

    /** The hosts that have a port of a network bound to them, actively or not: one index step per host. */
    List<String> hosts(String network);

    /** The networks of the ports that are bound to a host, actively or not. */
    List<String> networks(String host);

    Optional<String> remembered(String key);

    /** The revision of the last change. */
    long revision();

    /** The revision of the first change that the log still has; one more than the last where it has none. */
    long oldest();

    /** The same of a resource: less may be kept of it than of others. */
    default long oldest(Resource of) {
        return Reach.of(this).oldest(this, of);
    }

    /** How many changes of some resources, of all where none is named, the log has after a revision up to another. */
    int logged(long after, long upTo, Set<Resource> of);

    /** Changes after a revision, oldest first, at most {@code limit}. */
    List<Logged> changes(long after, int limit);

    /** The same of some resources alone. */
    List<Logged> changes(long after, Set<Resource> of, int limit);

    /** Changes and answers of hosts. */
    List<Logged> log(LogQuery query);
}
