package io.isospin.agent.report;

import static io.isospin.agent.stub.Units.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.core.host.Report.Entity;
import io.isospin.core.host.Report.PortReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox();
    private final PortReport up = new PortReport(id(1), Entity.L2, true, "");
    private final PortReport down = new PortReport(id(1), Entity.L2, false, "no tap");

    private List<PortReport> take() throws InterruptedException {
        return outbox.take(Duration.ZERO);
    }

    @Test
    void whatTheServerKnowsIsNotSentAgain() throws InterruptedException {
        outbox.put(List.of(up));
        assertThat(take()).containsExactly(up);
        outbox.acknowledge(List.of(up));
        outbox.put(List.of(up));
        assertThat(take()).isEmpty();
        outbox.put(List.of(down));
        assertThat(take()).containsExactly(down);
    }

    @Test
    void whatCouldNotBeSentComesAgainUnlessThereIsNews() throws InterruptedException {
        outbox.put(List.of(up));
        outbox.restore(take());
        assertThat(take()).containsExactly(up);
        outbox.put(List.of(down));
        outbox.restore(List.of(up));
        assertThat(take()).containsExactly(down);
    }

    @Test
    void aPortThatTheServerAsksAboutIsToldAgainEvenWhileAReportIsOnItsWay() throws InterruptedException {
        outbox.put(List.of(up));
        List<PortReport> inFlight = take();
        outbox.forget(id(1), Entity.L2);
        outbox.acknowledge(inFlight);
        outbox.put(List.of(up));
        assertThat(take()).containsExactly(up);
    }
}
