package io.isospin.cli.output;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Hosts' devices as an indented text: networks below hosts, what is in a bridge below it, differences behind a {@code !}. */
public final class WiringTree {
    private final Map<String, String> names;
    private final StringBuilder text = new StringBuilder();

    /** @param names of networks, by their ids; one that has none is shown by its id alone */
    public WiringTree(Map<String, String> names) {
        this.names = names;
    }

    /** All documents of some hosts. */
    public String hosts(Iterable<JsonNode> wirings) {
        StreamSupport.stream(wirings.spliterator(), false)
                .collect(Collectors.groupingBy(
                        wiring -> wiring.path("host").asString(""), TreeMap::new, Collectors.toList()))
                .forEach(this::host);
        return text.toString();
    }

    private void host(String host, List<JsonNode> parts) {
        line(0, host);
        parts.stream()
                .sorted(Comparator.comparing(part -> part.path("network_id").asString("")))
                .forEach(this::part);
    }

    private void part(JsonNode part) {
        String network = part.path("network_id").asString("");
        int depth = network.isEmpty() ? 1 : 2;
        if (!network.isEmpty()) {
            line(1, network(part, names.getOrDefault(network, "")));
        }
        devices(depth, part.path("interfaces"));
        for (var namespace : part.path("namespaces")) {
            line(depth, namespace.path("name").asString("") + services(namespace.path("services")));
            devices(depth + 1, namespace.path("interfaces"));
        }
        part.path("differences").forEach(difference -> line(depth, "! " + difference.asString("")));
    }

    /** Which network a document is of; empty for the host's own. */
    static String network(JsonNode part, String name) {
        String network = part.path("network_id").asString("");
        return network.isEmpty() ? "" : "network " + (name.isEmpty() ? network : name + " (" + network + ")");
    }

    static List<String> texts(JsonNode texts) {
        return texts.valueStream().map(each -> each.asString("")).toList();
    }

    static String services(JsonNode services) {
        var all = new ArrayList<String>();
        services.forEach(service -> all.add(service.path("name").asString("")
                + (service.path("running").asBoolean(false) ? " running" : " not running")));
        return all.isEmpty() ? "" : "  " + String.join(", ", all);
    }

    private void devices(int depth, JsonNode devices) {
        Set<String> here = new HashSet<>();
        devices.forEach(device -> here.add(device.path("name").asString("")));
        for (var device : devices) {
            if (!here.contains(device.path("master").asString(""))) {
                line(depth, device(device, true));
                for (var member : devices) {
                    if (Objects.equals(
                            member.path("master").asString(""),
                            device.path("name").asString("-"))) {
                        line(depth + 1, device(member, false));
                    }
                }
            }
        }
    }

    /** {@code alone}: not below its bridge, which is named then. */
    static String device(JsonNode device, boolean alone) {
        var words = new ArrayList<>(List.of(
                device.path("name").asString(""),
                device.path("kind").asString(""),
                device.path("up").asBoolean(false) ? "up" : "down",
                "mtu " + device.path("mtu").asString("")));
        word(words, "", device, "mac");
        word(words, "vlan ", device, "vlan");
        word(words, "on ", device, "parent");
        word(words, "vni ", device, "vni");
        word(words, "from ", device, "local_ip");
        word(words, "port ", device, "port_id");
        word(words, "peer ", device, "peer");
        if (alone) {
            word(words, "in ", device, "master");
        }
        words.addAll(texts(device.path("addresses")));
        return String.join("  ", words);
    }

    private static void word(List<String> words, String before, JsonNode device, String name) {
        if (device.hasNonNull(name)) {
            words.add(before + device.path(name).asString(""));
        }
    }

    /** What comes from a host is not to move a terminal's cursor. */
    static String printable(String line) {
        return line.replaceAll("\\p{Cntrl}", "?");
    }

    private void line(int depth, String line) {
        text.repeat("  ", depth).append(printable(line)).append('\n');
    }
}
