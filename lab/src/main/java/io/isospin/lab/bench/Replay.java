package io.isospin.lab.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Goes through all states that a watcher was told of, and notes what must never be. */
final class Replay {
    private final String member;
    private final String project;
    private final int quota;
    private final Map<String, Set<String>> held = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private final Set<String> counted = new HashSet<>();
    private final List<String> faults = new ArrayList<>();
    private long revision;
    private int most;
    private int changes;
    private long trace;

    Replay(String member, String project, int quota) {
        this.member = member;
        this.project = project;
        this.quota = quota;
    }

    List<String> faults() {
        return faults;
    }

    /** The most that the project had at once. */
    int most() {
        return most;
    }

    /** How many changes it was told of. */
    int changes() {
        return changes;
    }

    /** The same for all that were told of the same changes in the same order, and hardly for others. */
    long trace() {
        return trace;
    }

    void see(JsonNode event) {
        var document = event.path(member);
        String id = document.path("id").asString();
        String type = event.path("type").asString();
        long at = event.path("revision").asLong();
        changes++;
        trace = trace * 0x9E3779B97F4A7C15L + Objects.hash(at, id, type);
        if (!type.equals("exists")) {
            if (at <= revision) {
                faults.add(member + " " + id + ": revision " + at + " comes after " + revision);
            }
            revision = at;
        }
        if (held.containsKey(id) == (type.equals("created") || type.equals("exists"))) {
            faults.add(member + " " + id + " is " + type + " at revision " + at + ", which it cannot be then");
        }
        leave(id);
        if (!type.equals("deleted")) {
            enter(id, document, at);
        }
    }

    private void leave(String id) {
        var items = held.remove(id);
        if (items != null) {
            items.forEach(owners::remove);
        }
        counted.remove(id);
    }

    private void enter(String id, JsonNode document, long at) {
        var items = items(document);
        held.put(id, items);
        for (var item : items) {
            String other = owners.put(item, id);
            if (other != null) {
                faults.add("at revision " + at + " both " + other + " and " + id + " have " + item);
            }
        }
        if (document.path("project_id").asString().equals(project)) {
            counted.add(id);
            most = Math.max(most, counted.size());
            if (counted.size() > quota) {
                faults.add("at revision " + at + " there are " + counted.size() + " " + member + "s, of " + quota);
            }
        }
    }

    /** What one resource alone may have. */
    private static Set<String> items(JsonNode document) {
        var items = new HashSet<String>();
        if (document.has("provider:segmentation_id")) {
            items.add("VNI " + document.path("provider:segmentation_id"));
        }
        if (document.has("mac_address")) {
            items.add("MAC " + document.path("mac_address").asString());
        }
        for (var fixed : document.path("fixed_ips")) {
            items.add("address " + fixed.path("ip_address").asString() + " of "
                    + fixed.path("subnet_id").asString());
        }
        return items;
    }
}
