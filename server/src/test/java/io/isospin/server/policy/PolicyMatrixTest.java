package io.isospin.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.core.schema.Catalogue;
import io.isospin.server.identity.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class PolicyMatrixTest {
    private static final Map<String, Set<String>> ROLES = Map.of(
            "admin", Set.of("admin", "member", "reader"),
            "member-owner", Set.of("member", "reader"),
            "reader-owner", Set.of("reader"),
            "member-other", Set.of("member", "reader"),
            "shared-with", Set.of("member", "reader"),
            "service", Set.of("service"),
            "nobody", Set.of());

    /** A row of {@code policy-matrix.txt}: the rule, and who it allows with the old rules and without them. */
    record Row(String rule, Set<String> old, Set<String> only) {
        @Override
        public String toString() {
            return rule;
        }
    }

    private static Stream<Row> rows() throws IOException {
        try (var file = Objects.requireNonNull(PolicyMatrixTest.class.getResourceAsStream("/policy-matrix.txt"))) {
            var lines = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            var head = cells(lines.getFirst().split("\\|")[1]);
            return lines.stream().skip(1).map(line -> {
                var halves = line.split("\\|");
                var left = cells(halves[0]);
                return new Row(
                        left.getFirst(), allowed(head, left.subList(1, left.size())), allowed(head, cells(halves[1])));
            });
        }
    }

    private static List<String> cells(String text) {
        return Arrays.stream(text.strip().split("\\s+")).toList();
    }

    private static Set<String> allowed(List<String> names, List<String> cells) {
        assertThat(cells).hasSameSizeAs(names);
        var allowed = new TreeSet<String>();
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i).equals("yes")) {
                allowed.add(names.get(i));
            }
        }
        return allowed;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRuleAllowsWhomNeutronAllows(Row row) {
        assertThat(allowedBy(row.rule(), false))
                .as("as long as the old rules count")
                .isEqualTo(row.old());
        assertThat(allowedBy(row.rule(), true)).as("with enforce_new_defaults").isEqualTo(row.only());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theTableHasEveryRule(boolean newOnly) throws IOException {
        assertThat(rows().map(Row::rule))
                .containsExactlyInAnyOrderElementsOf(rules(newOnly).checks().keySet());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatIsSaidOfNoDocumentHoldsForAll(Row row) {
        for (var person : ROLES.keySet()) {
            var blank = new Question(rules(false), caller(person), Catalogue.NETWORK, null, null).ask(row.rule());
            if (blank != Verdict.DEPENDS) {
                assertThat(blank == Verdict.YES).as(person).isEqualTo(row.old().contains(person));
            }
        }
    }

    private static Set<String> allowedBy(String rule, boolean newOnly) {
        return ROLES.keySet().stream()
                .filter(person -> new Question(rules(newOnly), caller(person), Catalogue.NETWORK, target(person), null)
                        .allows(rule))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Rules rules(boolean newOnly) {
        return Rules.of(Map.of(), new PolicySettings(Path.of("none"), List.of(), false, newOnly, "default"));
    }

    private static Caller caller(String person) {
        String project = person.endsWith("-owner") ? "owner" : person;
        return Caller.of("u", project, ROLES.getOrDefault(person, Set.of()), Set.of(), Map.of());
    }

    private static ObjectNode target(String person) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("tenant_id", "owner")
                .put("project_id", "owner")
                .put("network:tenant_id", "owner")
                .put("ext_parent:tenant_id", "owner")
                .put("shared", person.equals("shared-with"))
                .put("router:external", false)
                .put("device_owner", "network:dhcp")
                .put("target_tenant", "*")
                .put("target_project", "*");
    }
}
