package io.isospin.cli.command;

import io.isospin.cli.api.Json;
import io.isospin.cli.api.Networking;
import io.isospin.cli.api.Query;
import io.isospin.cli.failure.Failure;
import io.isospin.cli.grammar.Grammar;
import io.isospin.cli.grammar.Option;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.output.WiringNews;
import io.isospin.cli.output.WiringTree;
import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Wiring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** {@code wiring}: hosts' devices as their agents see them, and with {@code --watch} each change of them. */
record WiringCommand() implements Command {
    /** So many fit into an address that every proxy passes on. */
    private static final int MOST_IDS = 50;

    @Override
    public Grammar grammar() {
        return Grammar.of("neutron wiring", "Show hosts' interfaces as their agents see them.")
                .having(List.of(
                        Option.value("--host", "HOST", "only those of this host"),
                        Option.value("--network", "NETWORK", "only those of this network, by its ID or name"),
                        Option.flag("--watch", "show each change as it comes, until interrupted")));
    }

    @Override
    public void run(Parsed parsed, Surroundings surroundings) {
        var networking = surroundings.networking();
        var query = new Query();
        parsed.text("host").ifPresent(host -> query.with("host", host));
        parsed.text("network")
                .ifPresent(network -> query.with("network_id", networking.findId(Catalogue.NETWORK, network)));
        if (parsed.flag("watch")) {
            watch(query, surroundings);
        }
        var wirings = networking.list(Wiring.WIRING, query);
        surroundings.out().print(new WiringTree(names(networking, wirings)).hosts(wirings));
    }

    /** By id; that of a network which is gone is empty. */
    private static Map<String, String> names(Networking networking, Iterable<JsonNode> wirings) {
        var ids = new TreeSet<String>();
        wirings.forEach(wiring -> ids.add(wiring.path("network_id").asString("")));
        ids.remove("");
        var names = new HashMap<String, String>();
        ids.forEach(id -> names.put(id, ""));
        var all = List.copyOf(ids);
        for (int i = 0; i < all.size(); i += MOST_IDS) {
            var query = new Query().with("fields", List.of("id", "name"));
            all.subList(i, Math.min(i + MOST_IDS, all.size())).forEach(id -> query.with("id", id));
            networking
                    .list(Catalogue.NETWORK, query)
                    .forEach(network -> names.put(
                            network.path("id").asString(""),
                            network.path("name").asString("")));
        }
        return names;
    }

    /** Never returns but by a failure: the stream is followed until it can't be resumed. */
    private static void watch(Query query, Surroundings surroundings) {
        query.with("watch", "true");
        var news = new WiringNews();
        var names = new HashMap<String, String>();
        String from = "";
        while (true) {
            var line = new JsonNode[1];
            surroundings.networking().follow("/" + Wiring.WIRING.path() + query + from, text -> {
                line[0] = read(text);
                surroundings.out().print(told(line[0], news, names, surroundings.networking()));
                surroundings.out().flush();
            });
            if (line[0] == null || !line[0].has("revision")) {
                String why = line[0] == null ? "" : line[0].path("message").asString("");
                throw new Failure("The server ended the stream" + (why.isEmpty() ? "." : ": " + why) + " Watch again.");
            }
            from = "&revision=" + line[0].path("revision").asString("");
        }
    }

    private static JsonNode read(String line) {
        try {
            return Json.read(line);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    "What answered is not Networking: it sent a line that is no JSON. Check the address in the"
                            + " catalogue, or in OS_URL.");
        }
    }

    /** First the whole picture, then what becomes different in it. */
    private static String told(JsonNode line, WiringNews news, Map<String, String> names, Networking networking) {
        var wiring = line.path(Wiring.WIRING.member());
        return switch (line.path("type").asString("")) {
            case "exists" -> {
                news.know(wiring);
                yield "";
            }
            case "synced" -> {
                names.putAll(names(networking, news.known()));
                yield new WiringTree(names).hosts(news.known());
            }
            case "created", "updated" -> news.changed(wiring, name(wiring, names, networking));
            case "deleted" -> news.deleted(wiring, name(wiring, names, networking));
            default -> ""; // signs of life
        };
    }

    /** A network's name as it was when it was first seen; empty where it has none, or is gone. */
    private static String name(JsonNode wiring, Map<String, String> names, Networking networking) {
        String network = wiring.path("network_id").asString("");
        if (!network.isEmpty() && !names.containsKey(network)) {
            names.putAll(names(networking, List.of(wiring)));
        }
        return names.getOrDefault(network, "");
    }
}
