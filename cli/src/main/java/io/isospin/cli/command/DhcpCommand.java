package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.api.Query;
import io.isospin.cli.grammar.Grammar;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Positional;
import io.isospin.cli.output.Format;
import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/** Which DHCP agents serve which networks: {@code dhcp-agent-network-add} and what belongs to it. */
record DhcpCommand(Verb verb) implements Command {
    private static final Positional AGENT = Positional.one("dhcp_agent", "DHCP_AGENT", "ID of the DHCP agent.");

    enum Verb {
        ADD("dhcp-agent-network-add", "Add a network to a DHCP agent.", "Network to add."),
        REMOVE("dhcp-agent-network-remove", "Remove a network from a DHCP agent.", "Network to remove."),
        NETWORKS("net-list-on-dhcp-agent", "List the networks on a DHCP agent.", ""),
        AGENTS("dhcp-agent-list-hosting-net", "List DHCP agents hosting a network.", "Network to query.");

        final String word;
        private final String summary;
        private final String network;

        Verb(String word, String summary, String network) {
            this.word = word;
            this.summary = summary;
            this.network = network;
        }
    }

    @Override
    public Grammar grammar() {
        var grammar = Grammar.of("neutron " + verb.word, verb.summary);
        var network = Positional.one("network", "NETWORK", verb.network);
        return switch (verb) {
            case ADD, REMOVE -> grammar.taking(List.of(AGENT, network));
            case NETWORKS ->
                grammar.having(Format.listOptions())
                        .having(List.of(ListVerb.DETAILS, ListVerb.FIELD))
                        .taking(List.of(AGENT));
            case AGENTS ->
                grammar.having(Format.listOptions())
                        .having(List.of(ListVerb.DETAILS, ListVerb.FIELD))
                        .taking(List.of(network));
        };
    }

    @Override
    public void run(Parsed parsed, Surroundings surroundings) {
        var networking = surroundings.networking();
        String agents = "agents/" + Networking.segment(parsed.word("dhcp_agent")) + "/dhcp-networks";
        switch (verb) {
            case ADD -> {
                var body = JsonNodeFactory.instance.objectNode().put("network_id", network(parsed, networking));
                networking.send("POST", "/" + agents, body.toString());
                surroundings.out().println("Added network " + parsed.word("network") + " to DHCP agent");
            }
            case REMOVE -> {
                networking.send("DELETE", "/" + agents + "/" + network(parsed, networking), "");
                surroundings.out().println("Removed network " + parsed.word("network") + " from DHCP agent");
            }
            case NETWORKS -> list(new NetworkSubject(), agents, parsed, surroundings);
            case AGENTS -> {
                String path = "networks/" + network(parsed, networking) + "/dhcp-agents";
                list(new AgentSubject(List.of("id", "host", "admin_state_up", "alive")), path, parsed, surroundings);
            }
        }
    }

    private static String network(Parsed parsed, Networking networking) {
        return networking.findId(Catalogue.NETWORK, parsed.word("network"));
    }

    private static void list(Subject subject, String path, Parsed parsed, Surroundings surroundings) {
        var all = subject.resource();
        var there = new Resource(all.member(), all.collection(), path, false, all.attributes());
        var query = new Query().with("fields", parsed.words("fields"));
        new ListVerb(subject).show(surroundings.networking().list(there, query), parsed, surroundings);
    }
}
