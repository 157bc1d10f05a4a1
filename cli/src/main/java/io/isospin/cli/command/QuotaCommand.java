package io.isospin.cli.command;

import io.isospin.cli.api.Networking;
import io.isospin.cli.failure.Failure;
import io.isospin.cli.grammar.FreeAttributes;
import io.isospin.cli.grammar.Grammar;
import io.isospin.cli.grammar.Option;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Positional;
import io.isospin.cli.output.Format;
import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code quota-list}, {@code -show}, {@code -default-show}, {@code -update} and {@code -delete}: a project's limits. */
record QuotaCommand(Verb verb) implements Command {
    enum Verb {
        LIST("list", "List quotas of all tenants who have non-default quota values."),
        SHOW("show", "Show quotas for a given tenant."),
        DEFAULT("default-show", "Show default quotas for a given tenant."),
        UPDATE("update", "Define tenant's quotas."),
        DELETE("delete", "Delete defined quotas of a given tenant.");

        final String word;
        private final String summary;

        Verb(String word, String summary) {
            this.word = word;
            this.summary = summary;
        }
    }

    /** Limited resources that other servers have. */
    private static final List<String> OTHERS = List.of(
            "router",
            "floatingip",
            "security_group",
            "security_group_rule",
            "vip",
            "pool",
            "member",
            "healthmonitor",
            "loadbalancer",
            "listener",
            "rbac_policy");

    @Override
    public Grammar grammar() {
        var grammar = Grammar.of("neutron quota-" + verb.word, verb.summary);
        if (verb == Verb.LIST) {
            return grammar.having(Format.listOptions());
        }
        var tenant = grammar.having(verb == Verb.DELETE ? List.of() : Format.showOptions())
                .having(List.of(Option.value("--tenant-id", "tenant-id", "The owner tenant ID.")))
                .taking(List.of(new Positional("tenant", "", Positional.Count.OPTIONAL, "")));
        return verb == Verb.UPDATE ? tenant.having(limits()) : tenant;
    }

    @Override
    public void run(Parsed parsed, Surroundings surroundings) {
        var networking = surroundings.networking();
        switch (verb) {
            case LIST -> list(parsed, surroundings);
            case SHOW -> show(parsed, surroundings, networking.send("GET", path(tenant(parsed, networking)), ""));
            case DEFAULT ->
                show(parsed, surroundings, networking.send("GET", path(tenant(parsed, networking)) + "/default", ""));
            case UPDATE -> {
                var body = CreateVerb.body("quota", changes(parsed));
                show(parsed, surroundings, networking.send("PUT", path(tenant(parsed, networking)), body));
            }
            case DELETE -> {
                String tenant = tenant(parsed, networking);
                networking.send("DELETE", path(tenant), "");
                surroundings.out().println("Deleted quota: " + tenant);
            }
        }
    }

    private static void list(Parsed parsed, Surroundings surroundings) {
        var quotas = surroundings.networking().send("GET", "/quotas", "").path("quotas");
        var columns = quotas.isEmpty()
                ? List.<String>of()
                : quotas.get(0).propertyNames().stream().sorted().toList();
        var rows = new ArrayList<List<JsonNode>>();
        quotas.forEach(quota -> rows.add(columns.stream()
                .map(column -> Cells.orEmpty(quota.path(column)))
                .toList()));
        surroundings.printer(parsed).list(columns, rows);
    }

    private static void show(Parsed parsed, Surroundings surroundings, JsonNode answer) {
        if (answer.path("quota") instanceof ObjectNode quota) {
            surroundings.printer(parsed).one(quota);
        }
    }

    private static String tenant(Parsed parsed, Networking networking) {
        String told = parsed.text("tenant").or(() -> parsed.text("tenant_id")).orElse("");
        if (!told.isEmpty()) {
            return told;
        }
        String own = networking.session().project();
        if (own.isEmpty()) {
            own = networking
                    .send("GET", "/quotas/tenant", "")
                    .path("tenant")
                    .path("tenant_id")
                    .asString("");
        }
        if (own.isEmpty()) {
            throw new Failure("The server does not know whose quotas are meant: name the project, with --tenant-id.");
        }
        return own;
    }

    private static String path(String tenant) {
        return "/quotas/" + Networking.segment(tenant);
    }

    private static List<String> limited() {
        return Stream.concat(Catalogue.ALL.stream().filter(Resource::quota).map(Resource::member), OTHERS.stream())
                .distinct()
                .toList();
    }

    private static List<Option> limits() {
        return limited().stream()
                .map(name -> {
                    var option = Option.value(
                            "--" + name.replace('_', '-'), name + "s", "The limit of " + name.replace('_', ' ') + "s.");
                    return name.equals("healthmonitor") ? option.also("--health-monitor") : option;
                })
                .toList();
    }

    private static ObjectNode changes(Parsed parsed) {
        var free = FreeAttributes.of(parsed);
        var quota = JsonNodeFactory.instance.objectNode();
        for (var name : limited()) {
            parsed.text(name).ifPresent(number -> {
                try {
                    quota.put(name, Integer.parseInt(number.strip()));
                } catch (NumberFormatException e) {
                    throw new Failure("Quota limit for " + name + " must be an integer");
                }
            });
        }
        if (quota.isEmpty()) {
            throw new Failure("Must specify a valid resource with new quota value");
        }
        quota.setAll(free);
        return quota;
    }
}
