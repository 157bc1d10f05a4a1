package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WatchTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private Api api;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void start() {
        api = Api.in(folder);
    }

    @AfterEach
    void stop() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
        api.close();
    }

    private Watching watch(String path) {
        return watch("admin", "admin", path);
    }

    private Watching watch(String project, String role, String path) {
        var watching = Watching.as(api, project, role, path);
        open.add(watching);
        assertThat(watching.status()).isEqualTo(200);
        return watching;
    }

    private static void told(Watching watching, String member, String... lines) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(watching.told(member)).containsExactly(lines));
    }

    private void rename(String network, String name) {
        api.put("/v2.0/networks/" + network, "{\"network\": {\"name\": \"" + name + "\"}}");
    }

    private long revision() {
        return Long.parseLong(api.get("/v2.0/networks")
                .raw()
                .headers()
                .firstValue("X-Isospin-Revision")
                .orElseThrow());
    }

    @Test
    void whatThereIsComesFirstAndThenWhatChanges() {
        String network = api.network("\"name\": \"a\"");
        var watching = watch("/v2.0/networks?watch=true");
        told(watching, "network", "exists a", "synced");
        rename(network, "b");
        api.delete("/v2.0/networks/" + network);
        told(watching, "network", "exists a", "synced", "updated b", "deleted b");
        assertThat(watching.of("exists").findFirst().orElseThrow().has("revision"))
                .as("one cannot go on from the middle of what there is")
                .isFalse();
        assertThat(watching.of("deleted")
                        .findFirst()
                        .orElseThrow()
                        .path("revision")
                        .asLong())
                .isEqualTo(revision());
    }

    @Test
    void fromARevisionOfAListOnlyWhatFollowsIsTold() {
        api.network("\"name\": \"a\"");
        long revision = revision();
        String network = api.network("\"name\": \"b\"");
        rename(network, "c");
        var watching = watch("/v2.0/networks?watch=true&revision=" + revision);
        told(watching, "network", "created b", "updated c");
        rename(network, "d");
        told(watching, "network", "created b", "updated c", "updated d");
        var later = watch("/v2.0/networks?watch=true&revision="
                + watching.lines().get(1).path("revision").asLong());
        told(later, "network", "updated d");
    }

    @Test
    void eachLineShowsTheDocumentAsItWasAfterItsChange() {
        long revision = revision();
        String network = api.network("\"name\": \"a\"");
        var expected = new ArrayList<JsonNode>();
        expected.add(api.get("/v2.0/networks/" + network).at("/network"));
        for (var name : List.of("b", "c")) {
            rename(network, name);
            expected.add(api.get("/v2.0/networks/" + network).at("/network"));
        }
        api.subnet(network, "10.0.0.0/24", "\"enable_dhcp\": false");
        expected.add(api.get("/v2.0/networks/" + network).at("/network"));
        var watching = watch("/v2.0/networks?watch=true&revision=" + revision);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(watching.lines())
                        .extracting(line -> line.path("network"))
                        .containsExactlyElementsOf(expected));
    }

    @Test
    void whatEntersTheFilterIsCreatedAndWhatLeavesItDeleted() {
        String network = api.network("");
        var watching = watch("/v2.0/ports?watch=true&name=a&fields=name&fields=id");
        String port = api.port(network, "\"name\": \"b\"").path("id").asString();
        ThrowingConsumer<String> name = to -> api.put("/v2.0/ports/" + port, "{\"port\": {\"name\": \"" + to + "\"}}");
        name.accept("a");
        api.put("/v2.0/ports/" + port, "{\"port\": {\"description\": \"not asked for\"}}");
        name.accept("c");
        told(watching, "port", "synced", "created a", "deleted a");
        assertThat(watching.lines().get(1).path("port").propertyNames()).containsExactlyInAnyOrder("id", "name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ports|fixed_ips=ip_address=10.0.0.5",
                "ports|fixed_ips=ip_address_substr=0.0.5",
                "ports|fixed_ips=subnet_id=SUBNET",
                "ports|tags=red,blue",
                "ports|not-tags=red,blue",
                "ports|tags-any=red,green",
                "ports|not-tags-any=green",
                "ports|admin_state_up=false",
                "ports|name=&device_owner=",
                "ports|revision_number=1&name=x&name=y",
                "ports|tenant_id=p",
                "networks|shared=true",
                "networks|provider:segmentation_id=1&provider:segmentation_id=2",
                "networks|router:external=0",
            })
    void filtersTakeOfChangesWhatTheyTakeOfLists(String collection, String filter) {
        long revision = revision();
        String network = api.network("");
        String shared = api.network("\"shared\": true");
        String subnet = api.subnet(network, "10.0.0.0/24", "\"enable_dhcp\": false");
        api.port(network, "\"fixed_ips\": [{\"ip_address\": \"10.0.0.5\"}], \"tags\": [\"red\"]");
        api.port(network, "\"name\": \"x\", \"tags\": [\"red\", \"blue\"]");
        api.port(shared, "\"name\": \"y\", \"admin_state_up\": false, \"tags\": [\"green\"], \"project_id\": \"p\"");
        String query = "/v2.0/" + collection + "?" + filter.replace("SUBNET", subnet);
        String member = collection.substring(0, collection.length() - 1);
        var listed = new ArrayList<JsonNode>();
        api.get(query).at("/" + collection).forEach(listed::add);
        var watching = watch(query + "&watch=true&revision=" + revision);
        await().atMost(SOON).untilAsserted(() -> {
            var now = new HashMap<String, JsonNode>();
            apply(watching.lines(), member, now);
            assertThat(now.values()).containsExactlyInAnyOrderElementsOf(listed);
        });
    }

    /** What a client knows that has been told lines. */
    private static void apply(List<JsonNode> lines, String member, Map<String, JsonNode> known) {
        for (var line : lines) {
            String id = line.at("/" + member + "/id").asString("");
            switch (line.path("type").asString()) {
                case "exists", "created" ->
                    assertThat(known.put(id, line.path(member))).isNull();
                case "updated" -> assertThat(known.put(id, line.path(member))).isNotNull();
                case "deleted" -> assertThat(known.remove(id)).isNotNull();
                default -> assertThat(id).isEmpty();
            }
        }
    }

    @Test
    void aProjectIsToldOfItsOwnAndSeesNoMoreOfItThanInLists() {
        var watching = watch("p", "member", "/v2.0/networks?watch=true");
        api.network("\"name\": \"others\"");
        String own = api.as("p", "member").network("\"name\": \"own\"");
        told(watching, "network", "synced", "created own");
        var listed = api.as("p", "member").get("/v2.0/networks/" + own).at("/network");
        assertThat(watching.lines().get(1).path("network")).isEqualTo(listed);
        assertThat(listed.has("provider:network_type")).isFalse();
    }

    @Test
    void whatIsSharedComesAndGoesWithTheEntryAndItsSubnetsWithIt() {
        String network = api.network("\"name\": \"n\"");
        api.subnet(network, "10.0.0.0/24", "\"name\": \"s1\", \"enable_dhcp\": false");
        api.subnet(network, "10.0.1.0/24", "\"name\": \"s2\", \"enable_dhcp\": false");
        var networks = watch("p", "member", "/v2.0/networks?watch=true");
        var subnets = watch("p", "member", "/v2.0/subnets?watch=true&fields=name&fields=id");
        var strangers = watch("q", "member", "/v2.0/networks?watch=true");
        long before = revision();
        String entry = api.post(
                        "/v2.0/rbac-policies",
                        "{\"rbac_policy\": {\"object_type\": \"network\", \"object_id\": \"" + network
                                + "\", \"action\": \"access_as_shared\", \"target_tenant\": \"p\"}}")
                .at("/rbac_policy/id")
                .asString();
        told(networks, "network", "synced", "created n");
        assertThat(networks.lines().get(1).at("/network/shared").asBoolean()).isTrue();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(subnets.told("subnet"))
                        .containsExactlyInAnyOrder("synced", "created s1", "created s2"));
        long half = subnets.lines().get(1).path("revision").asLong();
        rename(network, "m");
        api.delete("/v2.0/rbac-policies/" + entry);
        rename(network, "secret");
        told(networks, "network", "synced", "created n", "updated m", "deleted m");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(subnets.told("subnet")).hasSize(5).contains("deleted s1", "deleted s2"));
        assertThat(strangers.told("network")).containsExactly("synced");
        var back = watch("p", "member", "/v2.0/networks?watch=true&revision=" + before);
        told(back, "network", "created n", "updated m", "deleted m");
        var cut = watch("p", "member", "/v2.0/subnets?watch=true&revision=" + half);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(cut.told("subnet"))
                        .as("both again: the first line alone did not let the client go on")
                        .contains("created s1", "created s2"));
    }

    @Test
    void aNetworkSharedWithAllIsToldOnceWithItsFlag() {
        String network = api.network("\"name\": \"n\"");
        var watching = watch("p", "member", "/v2.0/networks?watch=true");
        told(watching, "network", "synced");
        api.put("/v2.0/networks/" + network, "{\"network\": {\"shared\": true}}");
        told(watching, "network", "synced", "created n");
        assertThat(watching.lines().get(1).at("/network/shared").asBoolean()).isTrue();
        api.put("/v2.0/networks/" + network, "{\"network\": {\"shared\": false}}");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(watching.told("network")).last().isEqualTo("deleted n"));
    }

    @Test
    void aRevisionThatIsNotInTheLogIsGone() throws SQLException {
        String network = api.network("");
        long first = revision();
        rename(network, "b");
        rename(network, "c");
        try (var connection = DriverManager.getConnection(Engine.ofThisRun().jdbc(folder));
                var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM changes WHERE revision <= " + (first + 1));
        }
        assertThat(api.get("/v2.0/networks?watch=true&revision=" + first).error())
                .isEqualTo("410 WatchRevisionGone: Revision " + first + " is not one to go on from: what has changed"
                        + " since is not in the change log any more, or too much. Watch without a revision, or from the"
                        + " one that the X-Isospin-Revision header of a list says.");
        assertThat(api.get("/v2.0/networks?watch=true&revision=999999").status())
                .as("of another database")
                .isEqualTo(410);
        told(watch("/v2.0/networks?watch=true&revision=" + (first + 1)), "network", "updated c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "networks?watch=perhaps|InvalidInput: Invalid input for operation: 'perhaps' cannot be converted to boolean.",
                "networks?watch=true&revision=x|InvalidInput: Invalid input for operation: 'x' is not an integer.",
                "networks?watch=true&revision=-1|InvalidInput: Invalid input for operation: '-1' should be non-negative.",
                "networks?watch=true&limit=1&sort_key=id|HTTPBadRequest: ['limit', 'sort_key'] is invalid with watch, which has neither an order nor pages",
                "networks?watch=true&foo=1|HTTPBadRequest: ['foo'] is invalid attribute for filtering",
                "networks?revision=1|HTTPBadRequest: ['revision'] is invalid attribute for filtering",
                "networks/1?watch=true|HTTPBadRequest: ['watch'] is invalid: only a list can be watched; one thing is watched by ?id=ID",
                "agents?watch=true|HTTPBadRequest: ['watch'] is invalid: what is listed here is computed when it is asked for, and cannot be watched",
                "quotas?watch=true|HTTPBadRequest: ['watch'] is invalid: what is listed here is computed when it is asked for, and cannot be watched",
                "network-ip-availabilities?watch=true|HTTPBadRequest: ['watch'] is invalid: what is listed here is computed when it is asked for, and cannot be watched",
                "network-segment-ranges?watch=true|HTTPBadRequest: ['watch'] is invalid: what is listed here is computed when it is asked for, and cannot be watched",
            })
    void whatCannotBeWatchedIsRefused(String path, String error) {
        assertThat(api.get("/v2.0/" + path).error()).isEqualTo("400 " + error);
        assertThat(api.get("/v2.0/networks?watch=false").status()).isEqualTo(200);
    }

    @Test
    void theStreamsEndWithAWordWhenTheServerDoes() {
        var other = Api.in(folder.resolve("."), "");
        var watching = Watching.as(other, "admin", "admin", "/v2.0/networks?watch=true");
        open.add(watching);
        told(watching, "network", "synced");
        other.close();
        await().atMost(SOON).until(watching::isOver);
        var last = watching.lines().getLast();
        assertThat(last.path("reason").asString()).isEqualTo("shutdown");
        assertThat(last.path("revision").asLong()).isEqualTo(revision());
    }

    @Test
    void otherRulesEndTheStreamsThatWentByThoseBefore() throws IOException {
        var watching = watch("p", "member", "/v2.0/networks?watch=true");
        told(watching, "network", "synced");
        Files.writeString(folder.resolve("policy.yaml"), "\"get_network\": \"role:admin\"");
        await().atMost(SOON).until(watching::isOver);
        var last = watching.lines().getLast();
        assertThat(last.path("reason").asString()).isEqualTo("policy");
        assertThat(last.has("revision")).as("there is no going on").isFalse();
    }

    @Test
    void anIdleStreamSaysThatItLivesAndUpToWhere() {
        var watching = watch("/v2.0/ports?watch=true");
        api.network("");
        await().atMost(Duration.ofSeconds(25))
                .untilAsserted(() -> assertThat(watching.of("alive"))
                        .last()
                        .satisfies(line ->
                                assertThat(line.path("revision").asLong()).isEqualTo(revision())));
    }

    @Test
    void whoReadsTooSlowlyIsCutOffWithAReasonAndGoesOn() throws IOException {
        api.put("/v2.0/quotas/admin", "{\"quota\": {\"port\": -1}}");
        String network = api.network("");
        String profile = "{\"big\": \"" + "t".repeat(10_000) + "\"}";
        long before = revision();
        try (var slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.serverPort()));
            slow.getOutputStream()
                    .write(("GET /v2.0/ports?watch=true&revision=" + before + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var bulk = new StringBuilder("{\"ports\": [");
            for (int i = 0; i < 100; i++) {
                bulk.append(i == 0 ? "" : ",")
                        .append("{\"network_id\": \"")
                        .append(network)
                        .append("\", \"binding:profile\": ")
                        .append(profile)
                        .append("}");
            }
            for (int i = 0; i < 15; i++) {
                assertThat(api.post("/v2.0/ports", bulk + "]}").status()).isEqualTo(201);
            }
            var lines = new String(chunks(slow.getInputStream()), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> JsonMapper.shared().readTree(line))
                    .toList();
            var last = lines.getLast();
            assertThat(last.path("reason").asString()).isEqualTo("slow");
            int told = (int) lines.stream()
                    .filter(line -> line.path("type").asString().equals("created"))
                    .count();
            assertThat(told).isLessThan(1500);
            var rest = watch("/v2.0/ports?watch=true&fields=id&revision="
                    + last.path("revision").asLong());
            await().atMost(SOON).untilAsserted(() -> assertThat(rest.lines()).hasSize(1500 - told));
        }
    }

    /** The body of an answer in chunks (RFC 9112, section 7.1). */
    private static byte[] chunks(InputStream stream) throws IOException {
        var in = new BufferedInputStream(stream);
        while (!line(in).isEmpty()) {
            // The head of the answer is not looked at.
        }
        var body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Test
    void aThousandWatchersAreToldOfAChangeAndCostLittle() {
        String network = api.network("");
        var watchers = new ConcurrentLinkedQueue<Socket>();
        try {
            System.gc();
            long before = used();
            for (int i = 0; i < 1000; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), api.serverPort());
                watchers.add(socket);
                socket.getOutputStream()
                        .write(
                                ("GET /v2.0/networks?watch=true&fields=name HTTP/1.1\r\nHost: localhost\r\nX-Roles: member\r\n"
                                                + "X-Project-Id: p" + i % 100 + "\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                until(socket, "synced");
            }
            System.gc();
            long each = (used() - before) / 1000;
            long started = System.nanoTime();
            api.put("/v2.0/networks/" + network, "{\"network\": {\"shared\": true, \"name\": \"for-all\"}}");
            for (var socket : watchers) {
                until(socket, "for-all");
            }
            long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
            System.getLogger("watch").log(System.Logger.Level.INFO, "{0} B each, told all in {1} ms", each, millis);
            assertThat(each).as("bytes of heap for a watcher").isLessThan(100_000);
            assertThat(millis).isLessThan(10_000);
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            watchers.forEach(WatchTest::close);
        }
    }

    private static long used() {
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void until(Socket socket, String word) throws IOException {
        socket.setSoTimeout(20_000);
        var read = new StringBuilder();
        while (read.indexOf(word) < 0) {
            int one = socket.getInputStream().read();
            assertThat(one).as(read.toString()).isNotNegative();
            read.append((char) one);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatManyWritersDoIsToldOnceInOrderAndAddsUp() throws InterruptedException {
        manyWriters(List.of(api));
    }

    @Test
    void whatIsDoneOnAnotherServerIsToldAsWell() throws InterruptedException {
        assumeThat(Engine.ofThisRun()).as("a file has one server").isEqualTo(Engine.MARIADB);
        var other = Api.in(folder, "");
        open.add(other);
        manyWriters(List.of(api, other));
    }

    private void manyWriters(List<Api> servers) throws InterruptedException {
        api.put("/v2.0/quotas/p", "{\"quota\": {\"network\": -1}}");
        long start = revision();
        var whole = new ArrayList<Watching>();
        for (var server : servers) {
            var watching = Watching.as(server, "p", "member", "/v2.0/networks?watch=true&revision=" + start);
            open.add(watching);
            whole.add(watching);
        }
        var failures = new ConcurrentLinkedQueue<Throwable>();
        var writers = new ArrayList<Thread>();
        for (int i = 0; i < 16; i++) {
            var client = servers.get(i % servers.size()).as("p", "member");
            String name = "w" + i;
            writers.add(Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, e) -> failures.add(e))
                    .start(() -> churn(client, name)));
        }
        // One that is cut now and then, and goes on where it was.
        var known = new HashMap<String, JsonNode>();
        long at = start;
        while (writers.stream().anyMatch(Thread::isAlive)) {
            try (var piece = Watching.as(api, "p", "member", "/v2.0/networks?watch=true&revision=" + at)) {
                await().atMost(SOON)
                        .until(() ->
                                piece.lines().size() >= 20 || writers.stream().noneMatch(Thread::isAlive));
                var lines = piece.lines();
                apply(lines, "network", known);
                at = lines.isEmpty() ? at : lines.getLast().path("revision").asLong();
            }
        }
        for (var writer : writers) {
            writer.join();
        }
        assertThat(failures).isEmpty();
        var listed = new ArrayList<JsonNode>();
        api.as("p", "member").get("/v2.0/networks").at("/networks").forEach(listed::add);
        for (var watching : whole) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(watching.lines()).hasSize(16 * (20 + 40 + 10)));
            assertThat(watching.lines().stream()
                            .map(line -> line.path("revision").asLong()))
                    .isSorted()
                    .doesNotHaveDuplicates();
            var seen = new HashMap<String, JsonNode>();
            apply(watching.lines(), "network", seen);
            assertThat(seen.values()).containsExactlyInAnyOrderElementsOf(listed);
        }
        var last = watch("p", "member", "/v2.0/networks?watch=true&revision=" + at);
        await().atMost(SOON).untilAsserted(() -> {
            var seen = new HashMap<>(known);
            apply(last.lines(), "network", seen);
            assertThat(seen.values()).containsExactlyInAnyOrderElementsOf(listed);
        });
    }

    /** Twenty networks, each renamed twice, half of them deleted. */
    private static void churn(Api client, String name) {
        for (int i = 0; i < 20; i++) {
            String network = client.network("\"name\": \"" + name + "\"");
            for (var next : List.of("x", "y")) {
                client.put("/v2.0/networks/" + network, "{\"network\": {\"name\": \"" + name + next + "\"}}");
            }
            if (i % 2 == 0) {
                client.delete("/v2.0/networks/" + network);
            }
        }
    }
}
