package io.isospin.cli.command;

import io.isospin.cli.api.Json;
import io.isospin.cli.api.Networking;
import io.isospin.cli.api.Query;
import io.isospin.cli.failure.Failure;
import io.isospin.cli.grammar.Grammar;
import io.isospin.cli.grammar.Option;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.output.WiringTree;
import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Wiring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** {@code wiring}: hosts' devices as their agents see them, and with {@code --watch} each change of them. */
record WiringCommand() implements Command {
    /** So many networks' names are asked for by their ids; a picture of more shows ids. */
    private static final int MOST_NAMES = 50;

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

    private static Map<String, String> names(Networking networking, Iterable<JsonNode> wirings) {
        var names = new HashMap<String, String>();
        wirings.forEach(wiring -> {
            if (wiring.hasNonNull("network_id")) {
                names.put(wiring.path("network_id").asString(""), "");
            }
        });
        if (names.isEmpty() || names.size() > MOST_NAMES) {
            return Map.of();
        }
        var query = new Query().with("fields", List.of("id", "name"));
        names.keySet().stream().sorted().forEach(id -> query.with("id", id));
        networking
                .list(Catalogue.NETWORK, query)
                .forEach(network -> names.put(
                        network.path("id").asString(""), network.path("name").asString("")));
        return names;
    }

    /** Never returns but by a failure: the stream is followed until it can't be resumed. */
    private static void watch(Query query, Surroundings surroundings) {
        query.with("watch", "true");
        String from = "";
        while (true) {
            var line = new JsonNode[1];
            surroundings.networking().follow("/" + Wiring.WIRING.path() + query + from, text -> {
                line[0] = Json.read(text);
                show(line[0], surroundings);
            });
            if (line[0] == null || !line[0].has("revision")) {
                String why = line[0] == null ? "" : line[0].path("message").asString("");
                throw new Failure("The server ended the stream" + (why.isEmpty() ? "." : ": " + why) + " Watch again.");
            }
            from = "&revision=" + line[0].path("revision").asString("");
        }
    }

    private static void show(JsonNode line, Surroundings surroundings) {
        var wiring = line.path(Wiring.WIRING.member());
        switch (line.path("type").asString("")) {
            case "exists", "created", "updated" ->
                surroundings.out().print(new WiringTree(Map.of()).hosts(List.of(wiring)));
            case "deleted" ->
                surroundings
                        .out()
                        .println(wiring.path("host").asString("") + "\n  network "
                                + wiring.path("network_id").asString("none") + " has nothing there any more");
            default -> {
                // signs of life
            }
        }
        surroundings.out().flush();
    }
}
