package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.server.FuzzRequests.Asked;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests out of the API's own description against a server over HTTP: right ones, broken ones, hostile ones.
 *
 * <p>{@code -Disospin.fuzz.seed} repeats a run, {@code -Disospin.fuzz.seconds} says how long one takes.
 */
class FuzzTest {
    private static final int SECONDS = Integer.getInteger("isospin.fuzz.seconds", 20);
    private static final long SEED = Long.getLong("isospin.fuzz.seed", System.nanoTime());
    private static final int WARM_UP = 60;
    private static final int MOST_FAULTS = 20;
    /** How often all documents are compared, beside the change log. */
    private static final double WHOLE = 0.02;

    private static final double LEAST_SUCCESS = 0.8;

    /** What Neutron itself has no better status for, by the class that it names. */
    private static final Set<String> NEUTRONS_OWN =
            Set.of("SubnetAllocationError", "NetworkVlanRangeError", "NetworkTunnelRangeError", "PortBindingError");

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Map<String, Integer> tally = new TreeMap<>();
    private final List<String> refusedRight = new ArrayList<>();
    private final List<Throwable> faults = new ArrayList<>();
    private int right;
    private int succeeded;

    private Api api;
    private Contract contract;
    private FuzzValues values;
    private FuzzRequests requests;
    private FuzzHostility hostility;
    private Connection database;

    @BeforeEach
    void start() throws SQLException {
        api = Api.in(folder, """
                [ml2_type_vlan]
                network_vlan_ranges = physnet2:2:4000
                [ml2_type_vxlan]
                vni_ranges = 1:100000
                [quotas]
                default_quota = -1
                """);
        database = DriverManager.getConnection(Engine.ofThisRun().jdbc(folder));
        contract = api.contract();
        values = new FuzzValues(contract.document(), random);
        requests = new FuzzRequests(contract, values, random);
        hostility = new FuzzHostility(api.serverPort(), random);
        api.report("host1", "Linux bridge agent", "");
        api.report("host1", "DHCP agent", "");
        remember("/v2.0/agents", api.get("/v2.0/agents").at("/agents"));
        for (int i = 0; i < 3; i++) {
            values.ids("/v2.0/networks").add(api.network(""));
        }
    }

    @AfterEach
    void stop() throws SQLException {
        database.close();
        api.close();
    }

    @Test
    void whateverComesIsAnsweredAsNeutronDoesAndWhatIsRefusedChangesNothing() throws SQLException {
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        for (int i = 0; faults.size() < MOST_FAULTS && (i < WARM_UP || System.nanoTime() < end); i++) {
            try {
                step(i);
            } catch (AssertionError | UncheckedIOException e) {
                faults.add(e);
            }
        }
        System.out.println(
                "fuzz: seed " + SEED + ", " + right + " right requests, " + succeeded + " of them succeeded; " + tally);
        if (!faults.isEmpty()) {
            var failure = new AssertionError("-Disospin.fuzz.seed=" + SEED + " found:\n"
                    + faults.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")));
            faults.forEach(failure::addSuppressed);
            throw failure;
        }
        assertThat((double) succeeded / right)
                .as("right requests that succeed, -Disospin.fuzz.seed=" + SEED + ": "
                        + refusedRight.subList(0, Math.min(60, refusedRight.size())))
                .isGreaterThan(LEAST_SUCCESS);
    }

    private void step(int i) throws SQLException {
        int kind = i < WARM_UP ? 0 : random.nextInt(10);
        if (kind < 5) {
            right();
        } else if (kind < 8) {
            broken();
        } else {
            hostile();
        }
    }

    private void remember(String collection, JsonNode documents) {
        documents.forEach(one -> values.ids(collection).add(one.path("id").asString()));
    }

    private void right() throws SQLException {
        Asked asked = requests.operation();
        if (asked.path().contains("/none") || isAnAgentsEnd(asked)) {
            return;
        }
        // What there is stays within what a run can list.
        if (asked.method().equals("POST") && values.ids(asked.path()).size() > 25) {
            asked = new Asked(
                    "DELETE",
                    asked.template() + "/{id}",
                    asked.path() + "/" + values.one(values.ids(asked.path())),
                    asked.operation().path("none"));
        }
        var body = requests.body(asked);
        var answer = send("right", asked, asked.path() + requests.query(asked), body);
        right++;
        if (answer.status() < 400) {
            succeeded++;
            readBack(asked, answer);
        } else {
            if (answer.status() == 404) {
                forgetGone(asked.path());
            }
            refusedRight.add(asked.method() + " " + asked.template() + " " + answer.error());
        }
    }

    /** Agents cannot be made over the API, so they stay. */
    private static boolean isAnAgentsEnd(Asked asked) {
        return asked.method().equals("DELETE") && asked.path().startsWith("/v2.0/agents/");
    }

    /** What went with something else, or by a hostile request, is no longer asked for. */
    private void forgetGone(String path) {
        var segments = path.split("/");
        for (int i = 2; i + 1 < segments.length; i += 2) {
            String collection = "/v2.0/" + segments[i];
            String id = segments[i + 1];
            if (values.ids(collection).contains(id)
                    && api.get(collection + "/" + id).status() == 404) {
                values.ids(collection).remove(id);
            }
        }
    }

    private void readBack(Asked asked, Api.Answer answer) {
        String path = asked.path();
        boolean one = path.matches("/v2.0/[a-z-]+/[0-9a-f-]{36}");
        if (asked.method().equals("DELETE") && one) {
            values.ids(path.substring(0, path.lastIndexOf('/'))).remove(path.substring(path.lastIndexOf('/') + 1));
            assertThat(api.get(path).status()).as(path).isEqualTo(404);
        } else if (asked.method().equals("POST") && path.matches("/v2.0/[a-z-]+")) {
            var made = answer.body().valueStream().findFirst().orElseThrow();
            for (var document : made.isArray() ? made : List.of(made)) {
                values.ids(path).add(document.path("id").asString());
            }
            if (!made.isArray()) {
                assertThat(current(path + "/" + made.path("id").asString()))
                        .as(path)
                        .isEqualTo(made);
            }
        } else if (asked.method().equals("PUT") && one) {
            assertThat(current(path))
                    .as(path)
                    .isEqualTo(answer.body().valueStream().findFirst().orElseThrow());
        }
    }

    private JsonNode current(String path) {
        return api.get(path).body().valueStream().findFirst().orElseThrow();
    }

    private void broken() throws SQLException {
        var asked = requests.operation();
        var body = requests.body(asked);
        if (body == null || asked.path().contains("/none")) {
            return;
        }
        var schema = asked.operation().at("/requestBody/content/application~1json/schema");
        var first = schema.has("anyOf") ? schema.path("anyOf").path(0) : schema;
        var inner = first.path("properties").valueStream().findFirst().map(values::resolved);
        boolean wrapped = inner.filter(one -> one.path("type").asString("").equals("object"))
                .isPresent();
        if (!wrapped) {
            send("broken", asked, asked.path(), values.odd());
            return;
        }
        var broken = values.broken(values.right(first), inner.orElseThrow());
        String whole = values.chance(WHOLE) ? everything() : "";
        var answer = send("broken", asked, asked.path(), broken.body());
        if (!whole.isEmpty() && answer.status() >= 400) {
            assertThat(everything()).as(broken.body().toString()).isEqualTo(whole);
        }
        if (broken.certain()) {
            assertThat(answer.status())
                    .as(asked.method() + " " + asked.path() + " with " + broken.how() + ": " + broken.body())
                    .isBetween(400, 499);
        }
    }

    /** All that is there. */
    private String everything() {
        return contract.document().path("paths").propertyNames().stream()
                .filter(path -> path.matches("/v2.0/[a-z-]+"))
                .map(path -> api.get(path).raw().body())
                .collect(Collectors.joining("\n"));
    }

    private void hostile() throws SQLException {
        var asked = requests.operation();
        var segments = asked.template().split("/");
        var sent = hostility.request(
                asked.path(),
                segments[2].replace('-', '_').replaceFirst("ies$", "y").replaceFirst("s$", ""),
                asked.operation()
                        .path("parameters")
                        .valueStream()
                        .map(one -> one.path("name").asString(""))
                        .filter(name -> !name.isEmpty())
                        .toList());
        long before = revision();
        var answer = hostility.send(sent);
        if (answer.status() == 0 && sent.isBrokenOnTheWire() && !sent.body().isEmpty()) {
            // Refused at its head, and closed: the rest of it, on its way still, may overtake the answer as a reset.
            tally.merge("hostile cut", 1, Integer::sum);
            assertThat(revision()).as(sent.shown()).isEqualTo(before);
            return;
        }
        judge("hostile", sent.shown(), sent.method(), answer.status(), answer.body(), before);
    }

    private Api.Answer send(String kind, Asked asked, String target, @Nullable JsonNode body) throws SQLException {
        long before = revision();
        String text = body == null ? null : body.toString();
        var answer = api.send(asked.method(), target, text);
        judge(
                kind,
                asked.method() + " " + target + " " + text,
                asked.method(),
                answer.status(),
                answer.raw().body(),
                before);
        return answer;
    }

    private void judge(String kind, String sent, String method, int status, String body, long before)
            throws SQLException {
        tally.merge(kind + " " + status, 1, Integer::sum);
        String shown = sent.length() > 1500 ? sent.substring(0, 1500) + "…" : sent;
        if (status >= 400 && !method.equals("HEAD")) {
            String type = shaped(shown, status, body);
            assertThat(status < 500 || NEUTRONS_OWN.contains(type))
                    .as(shown + " → " + status + " " + body)
                    .isTrue();
        } else {
            assertThat(status).as(shown + " → " + body).isBetween(200, 599);
        }
        if (status >= 400) {
            assertThat(revision())
                    .as(shown + " was refused with " + status + " and changed something")
                    .isEqualTo(before);
        }
    }

    private static String shaped(String sent, int status, String body) {
        try {
            var error = JsonMapper.shared().readTree(body);
            if (status == 404 && error.path("message").isString()) {
                return "";
            }
            var neutron = error.path("NeutronError");
            assertThat(neutron.path("type").isString()
                            && neutron.path("message").isString()
                            && neutron.has("detail"))
                    .as(sent + " → " + status + " " + body)
                    .isTrue();
            return neutron.path("type").stringValue();
        } catch (JacksonException e) {
            throw new AssertionError(sent + " → " + status + " " + body, e);
        }
    }

    /** Of the change log: it moves with every change. */
    private long revision() throws SQLException {
        try (var statement = database.createStatement();
                var result = statement.executeQuery("SELECT revision FROM log_head")) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }
}
