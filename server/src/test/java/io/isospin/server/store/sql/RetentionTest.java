package io.isospin.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Wiring;
import io.isospin.server.store.Change;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Logged;
import io.isospin.server.store.Retention;
import io.isospin.server.store.View;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class RetentionTest {
    private static final String CURSOR = "reader";

    private final Stores stores = new Stores();

    @AfterEach
    void close() {
        stores.close();
    }

    private void write(int count) {
        for (int i = 0; i < count; i++) {
            var network = JsonNodeFactory.instance
                    .objectNode()
                    .put("id", "id" + System.nanoTime())
                    .put("project_id", "p")
                    .put("shared", false)
                    .put("router:external", false);
            stores.one().write(view -> new Decision<>(List.of(new Change.Insert(Catalogue.NETWORK, network)), true));
        }
    }

    private List<Long> log() {
        return stores.one().<List<Logged>>read(view -> view.changes(0, 1000)).stream()
                .map(Logged::revision)
                .toList();
    }

    @Test
    void theLastChangesStayAndSoDoesWhatAReaderHasNotSeen() {
        write(20);
        stores.one().write(view -> new Decision<>(List.of(new Change.Remember(CURSOR, "5")), true));
        try (var retention = new Retention(stores.one(), "here", 8, 100, List.of(CURSOR))) {
            assertThat(retention).isNotNull();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(log()).first().isEqualTo(6L));
        }
        stores.one().write(view -> new Decision<>(List.of(new Change.Remember(CURSOR, "20")), true));
        try (var retention = new Retention(stores.one(), "there", 8, 100, List.of(CURSOR))) {
            assertThat(retention).isNotNull();
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(log()).hasSize(8).last().isEqualTo(20L));
        }
        assertThat(stores.one().<Long>read(View::oldest)).isEqualTo(13);
        assertThat(stores.one().<Long>read(View::revision)).isEqualTo(20);
    }

    private void wiring() {
        var wiring = JsonNodeFactory.instance
                .objectNode()
                .put("id", "id" + System.nanoTime())
                .put("host", "h")
                .put("network_id", "n");
        stores.one().write(view -> new Decision<>(List.of(new Change.Insert(Wiring.WIRING, wiring)), true));
    }

    private void pruned() {
        try (var retention = new Retention(stores.one(), "here", 8, 4, List.of())) {
            assertThat(retention).isNotNull();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(log()).hasSize(8));
        }
    }

    @Test
    void lessIsKeptOfWiringsWhichTakeNothingOfTheRoomOfOthers() {
        for (int i = 0; i < 10; i++) {
            write(1);
            wiring();
        }
        pruned();
        assertThat(log()).containsExactly(9L, 11L, 13L, 15L, 17L, 18L, 19L, 20L);
        assertThat(stores.one().<Long>read(view -> view.oldest(Catalogue.NETWORK)))
                .isEqualTo(9);
        assertThat(stores.one().<Long>read(view -> view.oldest(Wiring.WIRING))).isEqualTo(17);

        wiring();
        wiring();
        write(2);
        pruned();
        assertThat(log()).containsExactly(13L, 15L, 17L, 19L, 21L, 22L, 23L, 24L);
        assertThat(stores.one().<Long>read(view -> view.oldest(Wiring.WIRING))).isEqualTo(21);
    }
}
