package io.isospin.agent.report;

import static io.isospin.agent.stub.Units.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.isospin.agent.config.ServerConfig;
import io.isospin.agent.mirror.Servers;
import io.isospin.agent.wiring.Inside;
import io.isospin.agent.wiring.Sightings;
import io.isospin.core.host.HostJson;
import io.isospin.core.host.HostWiring;
import io.isospin.core.host.Report;
import io.isospin.core.host.Report.Entity;
import io.isospin.core.host.Report.PortReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReporterTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String REFUSAL =
            "{\"NeutronError\":{\"type\":\"HTTPBadRequest\",\"message\":\"not a report: too much\",\"detail\":\"\"}}";

    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private final List<Report> taken = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Sightings sightings =
            new Sightings("h", () -> Optional.of(new Sightings.Expected(false, Set.of(), Set.of())));
    private final Logger log = Logger.getLogger(Reporter.class.getName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            warnings.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private HttpServer server;
    private Reporter reporter;
    private volatile boolean refuses;

    @BeforeEach
    void begin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/isospin/agent/v1/report", this::take);
        server.start();
        log.addHandler(handler);
        var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        reporter = new Reporter("h", new Servers(new ServerConfig(List.of(uri), "s")), List::of, sightings);
    }

    @AfterEach
    void end() {
        reporter.close();
        server.stop(0);
        log.removeHandler(handler);
    }

    private void take(HttpExchange exchange) throws IOException {
        Report report = HostJson.report(exchange.getRequestBody().readAllBytes());
        reports.add(report);
        if (refuses && report.wiring() != null) {
            byte[] body = REFUSAL.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
        } else {
            taken.add(report);
            exchange.sendResponseHeaders(204, -1);
        }
        exchange.close();
    }

    private void see(int network) {
        sightings.inside(id(network), new Inside("qdhcp-" + network, null, false, "DHCP: no"));
    }

    private void report(int port) {
        reporter.report(List.of(new PortReport(id(port), Entity.L2, true, "")));
    }

    private boolean told(int port) {
        return taken.stream()
                .flatMap(each -> each.ports().stream())
                .anyMatch(each -> each.port().equals(id(port)));
    }

    private List<HostWiring> wirings() {
        return taken.stream().map(Report::wiring).filter(Objects::nonNull).toList();
    }

    @Test
    void devicesThatTheServerRefusesAreDroppedWithItsReasonAndPortsAreToldAllTheSame() {
        refuses = true;
        see(1);
        reporter.start();
        await().atMost(SOON).until(() -> !warnings.isEmpty());
        assertThat(warnings.getFirst()).contains("refuses").contains("not a report: too much");
        report(11);
        await("a port is told").atMost(SOON).until(() -> told(11));
        assertThat(reports)
                .filteredOn(each -> each.wiring() != null)
                .as("they are not sent again")
                .hasSize(1);

        refuses = false;
        see(2);
        await("what differs is told").atMost(SOON).until(() -> !wirings().isEmpty());
        assertThat(wirings().getFirst().parts())
                .extracting(HostWiring.Part::network)
                .containsExactly(id(2));
        assertThat(warnings).hasSize(1);
    }

    @Test
    void noReportIsSentWhereNothingDiffers() {
        see(1);
        reporter.start();
        await().atMost(SOON).until(() -> !wirings().isEmpty());
        int before = reports.size();
        see(1);
        see(1);
        await("nothing is sent")
                .during(WiringOutbox.MOMENT.multipliedBy(3))
                .atMost(SOON)
                .until(() -> reports.size() == before);
        see(2);
        await("what differs is").atMost(SOON).until(() -> wirings().size() == 2);
    }
}
