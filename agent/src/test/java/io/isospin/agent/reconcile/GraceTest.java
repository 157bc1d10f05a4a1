package io.isospin.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.core.net.InterfaceName;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraceTest {
    private static final InterfaceName TAP = new InterfaceName("tap00000063-00");

    private long now;
    private final Grace grace = new Grace(Duration.ofSeconds(30), () -> now);

    private void after(Duration time) {
        now += time.toNanos();
    }

    @Test
    void whatNobodyWantedMayGoAfterAWhileAndIsALeftoverThen() {
        grace.note(Set.of(), Set.of(TAP));
        after(Duration.ofSeconds(29));
        assertThat(grace.mayGo(TAP)).isFalse();
        assertThat(grace.isLeftover(TAP)).isFalse();
        after(Duration.ofSeconds(1));
        assertThat(grace.mayGo(TAP)).isTrue();
        assertThat(grace.isLeftover(TAP)).isTrue();
    }

    @Test
    void whatWasWantedMayGoAtOnceAndIsALeftoverOnlyWhereItStays() {
        grace.note(Set.of(TAP), Set.of());
        grace.note(Set.of(), Set.of(TAP));
        assertThat(grace.mayGo(TAP)).isTrue();
        assertThat(grace.isLeftover(TAP)).isFalse();
        after(Duration.ofSeconds(30));
        grace.note(Set.of(), Set.of(TAP));
        assertThat(grace.isLeftover(TAP)).isTrue();
    }

    @Test
    void whatIsWantedAgainIsNoLeftover() {
        grace.note(Set.of(), Set.of(TAP));
        after(Duration.ofSeconds(60));
        grace.note(Set.of(TAP), Set.of());
        assertThat(grace.isLeftover(TAP)).isFalse();
    }
}
