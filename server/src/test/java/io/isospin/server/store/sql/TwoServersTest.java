package io.isospin.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.isospin.core.net.ResourceId;
import io.isospin.core.schema.Catalogue;
import io.isospin.server.Engine;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Draw;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.Logged;
import io.isospin.server.store.Query;
import io.isospin.server.store.Store;
import io.isospin.server.store.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Two servers over one database, each with writers of its own. */
class TwoServersTest {
    private static final int WRITERS = 16;
    private static final int EACH = 60;
    private static final int LIMIT = 500;

    private final Stores stores = new Stores();
    private final List<Store> servers = new ArrayList<>();

    @BeforeEach
    void start() {
        assumeThat(Engine.ofThisRun()).as("a file has one server").isEqualTo(Engine.MARIADB);
        servers.add(SqlStore.open(stores.database()));
        servers.add(SqlStore.open(stores.database()));
    }

    @AfterEach
    void stop() {
        servers.forEach(Store::close);
        stores.close();
    }

    /** A network with a number of the pool, unless its project has as many as it may. */
    private static Decision<String> create(View view) {
        if (view.used("p", "network") >= LIMIT) {
            return Decision.nothing("");
        }
        String item = Draw.random(view.free("numbers", 16), 1000, ThreadLocalRandom.current())
                .orElseThrow();
        var network = JsonNodeFactory.instance
                .objectNode()
                .put("id", ResourceId.random().value())
                .put("name", item)
                .put("project_id", "p")
                .put("shared", false)
                .put("router:external", false);
        String id = network.path("id").asString();
        return new Decision<>(
                List.of(new Change.Claim("numbers", item, id), new Change.Insert(Catalogue.NETWORK, network)), id);
    }

    private static Decision<String> delete(View view, String id) {
        ObjectNode network = view.get(Catalogue.NETWORK, id).orElseThrow();
        return new Decision<>(
                List.of(
                        new Change.Release("numbers", network.path("name").asString()),
                        new Change.Delete(Catalogue.NETWORK, network)),
                id);
    }

    @Test
    void nothingIsGivenTwiceAndNoChangeIsMissedOrOutOfOrder() throws InterruptedException {
        servers.getFirst()
                .write(view ->
                        new Decision<>(List.of(new Change.Offer("numbers", List.of(ItemRange.of(1, LIMIT)))), true));
        var watched = List.of(new CopyOnWriteArrayList<Logged>(), new CopyOnWriteArrayList<Logged>());
        var watchers = new ArrayList<Thread>();
        for (int i = 0; i < servers.size(); i++) {
            var server = servers.get(i);
            var seen = watched.get(i);
            watchers.add(Thread.ofVirtual().start(() -> watch(server, seen)));
        }
        var failures = new ConcurrentLinkedQueue<Throwable>();
        var writers = new ArrayList<Thread>();
        for (int i = 0; i < WRITERS; i++) {
            var server = servers.get(i % servers.size());
            writers.add(Thread.ofPlatform()
                    .uncaughtExceptionHandler((thread, e) -> failures.add(e))
                    .start(() -> churn(server)));
        }
        for (var writer : writers) {
            writer.join(Duration.ofMinutes(2));
        }
        assertThat(failures).isEmpty();
        long last = servers.getFirst().<Long>read(View::revision);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(watched)
                        .allSatisfy(
                                seen -> assertThat(seen.getLast().revision()).isEqualTo(last)));
        for (var watcher : watchers) {
            watcher.interrupt();
            watcher.join();
        }
        for (var seen : watched) {
            assertThat(seen.stream().map(Logged::revision))
                    .as("each change once and in order")
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSize((int) last);
        }
        int left = servers.getLast().<Integer>read(view -> view.used("p", "network"));
        var names = servers.getLast()
                .<List<String>>read(view -> view.columns(
                        Catalogue.NETWORK,
                        List.of(Catalogue.NETWORK.attributes().get("name")),
                        Query.ALL));
        assertThat(names).doesNotHaveDuplicates().hasSize(left).hasSizeLessThanOrEqualTo(LIMIT);
    }

    @Test
    void whatIsDecidedOnWhatIsRememberedIsDecidedAnewWhereTheOtherServerHasWritten() {
        var one = servers.getFirst();
        var other = servers.getLast();
        String id = one.write(view -> insert("before"));
        workAlone(one, id);
        other.<Boolean>write(view -> rename(view, id, "after"));
        var read = new ArrayList<String>();
        one.<Boolean>write(view -> {
            read.add(name(view, id));
            return rename(view, id, name(view, id) + "+");
        });
        assertThat(read).as("it goes by its memory first").containsExactly("before", "after");
        assertThat(other.<String>read(view -> name(view, id))).isEqualTo("after+");
    }

    @Test
    void aRefusalOnWhatIsRememberedIsThoughtOverWhereTheOtherServerHasWritten() {
        var one = servers.getFirst();
        var other = servers.getLast();
        String id = one.write(view -> insert("before"));
        workAlone(one, id);
        other.<Boolean>write(view -> rename(view, id, "after"));
        assertThat(one.<String>write(view -> Decision.nothing(name(view, id)))).isEqualTo("after");
        workAlone(one, id);
        other.<Boolean>write(view -> rename(view, id, "and again"));
        assertThatThrownBy(() -> one.<String>write(view -> {
                    throw new IllegalStateException(name(view, id));
                }))
                .hasMessage("and again");
    }

    @Test
    void whatIsPutOffDoesNotGoBeforeItIsKnownWhetherTheOtherServerHasWritten() {
        var one = servers.getFirst();
        var other = servers.getLast();
        String known = one.write(view -> insert("known"));
        String id = ResourceId.random().value();
        one.<Boolean>write(
                view -> Decision.nothing(view.get(Catalogue.NETWORK, id).isPresent()));
        workAlone(one, known);
        other.<String>write(view -> insert(id, "the other's"));
        List<Function<View, Decision<String>>> decisions = List.of(
                view -> view.get(Catalogue.NETWORK, id)
                        .map(network -> Decision.nothing(network.path("name").asString()))
                        .orElseGet(() -> insert(id, "mine")),
                // Ports are not remembered: this asks the database.
                view -> Decision.nothing(view.get(Catalogue.PORT, id).isPresent() ? "a port" : "none"));
        assertThat(one.writeAll(decisions)).containsExactly("the other's", "none");
    }

    private static Decision<String> insert(String name) {
        return insert(ResourceId.random().value(), name);
    }

    private static Decision<String> insert(String id, String name) {
        var network = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", name)
                .put("project_id", "p")
                .put("shared", false)
                .put("router:external", false);
        return new Decision<>(List.of(new Change.Insert(Catalogue.NETWORK, network)), id);
    }

    private static Decision<Boolean> rename(View view, String id, String name) {
        var network = view.get(Catalogue.NETWORK, id).orElseThrow();
        var before = Map.of("name", network.path("name"));
        return new Decision<>(List.of(new Change.Update(Catalogue.NETWORK, network.put("name", name), before)), true);
    }

    private static String name(View view, String id) {
        return view.get(Catalogue.NETWORK, id).orElseThrow().path("name").asString();
    }

    /** Long enough that the server takes itself for the only one that writes, and with the network in its memory. */
    private static void workAlone(Store server, String id) {
        for (int i = 0; i < 8; i++) {
            server.<Boolean>write(view -> new Decision<>(List.of(new Change.Remember("test", name(view, id))), true));
        }
    }

    private static void watch(Store server, List<Logged> seen) {
        long[] cursor = {0};
        try {
            while (true) {
                server.awaitChange(cursor[0], Duration.ofSeconds(1));
                seen.addAll(server.<List<Logged>>read(view -> view.changes(cursor[0], 100)));
                cursor[0] = seen.isEmpty() ? 0 : seen.getLast().revision();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void churn(Store server) {
        var mine = new ArrayList<String>();
        for (int i = 0; i < EACH; i++) {
            if (i % 4 == 3 && !mine.isEmpty()) {
                String victim = mine.removeLast();
                server.<String>write(view -> delete(view, victim));
            } else {
                String id = server.write(TwoServersTest::create);
                if (!id.isEmpty()) {
                    mine.add(id);
                }
            }
        }
    }
}
