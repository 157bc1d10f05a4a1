package io.isospin.agent.report;

import static io.isospin.agent.stub.Units.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.core.host.HostWiring;
import io.isospin.core.host.HostWiring.Part;
import io.isospin.core.net.ResourceId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WiringOutboxTest {
    private final Map<Optional<ResourceId>, Part> parts = new HashMap<>();
    private boolean early;
    private long now;
    private final WiringOutbox outbox =
            new WiringOutbox(() -> early ? Optional.empty() : Optional.of(Map.copyOf(parts)), () -> now);

    private void put(int network, String difference) {
        parts.put(Optional.of(id(network)), new Part(id(network), List.of(), List.of(), List.of(difference)));
    }

    private @Nullable HostWiring afterAMoment() {
        outbox.changed();
        now += WiringOutbox.MOMENT.toNanos();
        return outbox.take();
    }

    private HostWiring taken() {
        return Objects.requireNonNull(afterAMoment());
    }

    private void begun() {
        put(1, "a");
        put(2, "b");
        HostWiring first = taken();
        assertThat(first.whole()).isTrue();
        assertThat(first.parts()).hasSize(2);
        outbox.acknowledge(first);
    }

    @Test
    void afterAllOfItOnlyWhatDiffersIsTold() {
        begun();
        assertThat(afterAMoment()).isNull();
        put(2, "c");
        parts.remove(Optional.of(id(1)));
        HostWiring next = taken();
        assertThat(next.whole()).isFalse();
        assertThat(next.parts())
                .containsExactlyInAnyOrder(Part.none(id(1)), new Part(id(2), List.of(), List.of(), List.of("c")));
        outbox.acknowledge(next);
        assertThat(afterAMoment()).isNull();
    }

    @Test
    void whatWasNotAnsweredIsToldAgain() {
        begun();
        put(2, "c");
        HostWiring lost = taken();
        assertThat(taken()).isEqualTo(lost);
    }

    @Test
    void muchThatHappensWithinAMomentIsToldOnce() {
        begun();
        assertThat(outbox.changed()).contains(WiringOutbox.MOMENT);
        put(1, "x");
        now += WiringOutbox.MOMENT.toNanos() / 2;
        assertThat(outbox.changed()).isEmpty();
        assertThat(outbox.take()).isNull();
        put(1, "y");
        now += WiringOutbox.MOMENT.toNanos() / 2;
        assertThat(Objects.requireNonNull(outbox.take()).parts())
                .containsExactly(new Part(id(1), List.of(), List.of(), List.of("y")));
    }

    @Test
    void aServerThatAsksWhileAReportIsOnItsWayIsToldAllOfItAfterwards() {
        begun();
        outbox.everything();
        HostWiring inFlight = taken();
        outbox.everything();
        outbox.acknowledge(inFlight);
        assertThat(taken().whole()).isTrue();
    }

    @Test
    void nothingIsToldWhileItIsTooEarly() {
        early = true;
        assertThat(afterAMoment()).isNull();
        early = false;
        assertThat(taken().whole()).isTrue();
        assertThat(outbox.due()).isEmpty();
        outbox.changed();
        assertThat(outbox.due()).contains(Duration.ofMillis(100));
    }
}
