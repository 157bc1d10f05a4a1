package io.isospin.cli.output;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What has become different of hosts' devices: {@code +} what came, {@code -} what went, {@code ~} what changed, each
 * difference behind a {@code !}. It remembers the documents it was told of.
 */
public final class WiringNews {
    private static final JsonNode NOTHING = MissingNode.getInstance();
    /** What a device has beside its name, in the order that it is told in. */
    private static final List<String> SINGLE =
            List.of("kind", "mtu", "mac", "master", "parent", "vlan", "vni", "local_ip", "port_id", "peer");

    private final Map<String, JsonNode> known = new HashMap<>();

    /** Takes a document as it is to begin with. */
    public void know(JsonNode wiring) {
        known.put(id(wiring), wiring);
    }

    /** All that it knows. */
    public List<JsonNode> known() {
        return List.copyOf(known.values());
    }

    /** What a changed document has that the one before it had not. Empty where none of that is seen. */
    public String changed(JsonNode wiring, String networkName) {
        JsonNode before = known.put(id(wiring), wiring);
        return news(wiring, networkName, before == null ? NOTHING : before, wiring);
    }

    public String deleted(JsonNode wiring, String networkName) {
        JsonNode before = known.remove(id(wiring));
        return news(wiring, networkName, before == null ? wiring : before, NOTHING);
    }

    private static String id(JsonNode wiring) {
        return wiring.path("id").asString("");
    }

    private static String news(JsonNode wiring, String networkName, JsonNode before, JsonNode after) {
        var lines = new ArrayList<String>();
        devices("", before.path("interfaces"), after.path("interfaces"), lines);
        Map<String, JsonNode> namespacesBefore = byName(before.path("namespaces"));
        Map<String, JsonNode> namespaces = byName(after.path("namespaces"));
        var names = new LinkedHashSet<>(namespacesBefore.keySet());
        names.addAll(namespaces.keySet());
        for (String name : names) {
            namespace(
                    name, namespacesBefore.getOrDefault(name, NOTHING), namespaces.getOrDefault(name, NOTHING), lines);
        }
        differences(before.path("differences"), after.path("differences"), lines);
        if (lines.isEmpty()) {
            return "";
        }
        var text = new StringBuilder();
        append(text, 0, wiring.path("host").asString(""));
        append(text, 1, WiringTree.network(wiring, networkName));
        lines.forEach(line -> append(text, 2, line));
        return text.toString();
    }

    private static void append(StringBuilder text, int depth, String line) {
        if (!line.isEmpty()) {
            text.repeat("  ", depth).append(WiringTree.printable(line)).append('\n');
        }
    }

    private static void namespace(String name, JsonNode before, JsonNode after, List<String> lines) {
        String services = WiringTree.services(after.path("services"));
        if (before.isMissingNode()) {
            lines.add("+ " + name + services);
        } else if (after.isMissingNode()) {
            lines.add("- " + name);
        } else if (!services.equals(WiringTree.services(before.path("services")))) {
            lines.add("~ " + name + services);
        }
        devices(name + "/", before.path("interfaces"), after.path("interfaces"), lines);
    }

    private static void devices(String where, JsonNode before, JsonNode after, List<String> lines) {
        Map<String, JsonNode> all = byName(before);
        byName(after).forEach((name, device) -> {
            JsonNode old = all.remove(name);
            if (old == null) {
                lines.add("+ " + where + WiringTree.device(device, true));
            } else if (!old.equals(device)) {
                lines.add("~ " + where + name + "  " + String.join("  ", changes(old, device)));
            }
        });
        all.keySet().forEach(name -> lines.add("- " + where + name));
    }

    private static List<String> changes(JsonNode before, JsonNode after) {
        var changes = new ArrayList<String>();
        change("", state(before), state(after), changes);
        for (String name : SINGLE) {
            change(name + " ", text(before, name), text(after, name), changes);
        }
        List<String> addresses = WiringTree.texts(after.path("addresses"));
        List<String> had = WiringTree.texts(before.path("addresses"));
        addresses.stream().filter(each -> !had.contains(each)).forEach(each -> changes.add("+" + each));
        had.stream().filter(each -> !addresses.contains(each)).forEach(each -> changes.add("-" + each));
        return changes;
    }

    private static void change(String name, String before, String after, List<String> changes) {
        if (!before.equals(after)) {
            changes.add(name + before + " -> " + after);
        }
    }

    private static String state(JsonNode device) {
        return device.path("up").asBoolean(false) ? "up" : "down";
    }

    private static String text(JsonNode device, String name) {
        return device.hasNonNull(name) ? device.path(name).asString("") : "none";
    }

    private static void differences(JsonNode before, JsonNode after, List<String> lines) {
        List<String> had = WiringTree.texts(before);
        List<String> has = WiringTree.texts(after);
        has.stream().filter(each -> !had.contains(each)).forEach(each -> lines.add("+ ! " + each));
        had.stream().filter(each -> !has.contains(each)).forEach(each -> lines.add("- ! " + each));
    }

    private static Map<String, JsonNode> byName(JsonNode items) {
        var all = new TreeMap<String, JsonNode>();
        items.forEach(item -> all.put(item.path("name").asString(""), item));
        return all;
    }
}
