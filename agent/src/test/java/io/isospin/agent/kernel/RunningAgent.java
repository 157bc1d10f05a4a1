package io.isospin.agent.kernel;

import static org.awaitility.Awaitility.await;

import io.isospin.agent.Main;
import io.isospin.agent.stub.FeedStub;
import io.isospin.core.host.Report.Entity;
import io.isospin.core.net.ResourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The agent as a process of its own on a throwaway host, and the server it talks to. */
final class RunningAgent implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(10);

    final ThrowawayHost host = new ThrowawayHost();
    final FeedStub server;
    final Path directory;
    final Path log;
    private @Nullable Process process;

    RunningAgent(Path directory) throws IOException {
        this.directory = directory;
        this.log = directory.resolve("agent.log");
        host.sh("ip link add eth2 type veth peer name trunk; ip link set eth2 up; ip link set trunk up;"
                + "ip link add eth1 type veth peer name underlay; ip link set eth1 up; ip link set underlay up;"
                + "ip address add 172.18.0.101/24 dev eth1");
        Files.writeString(directory.resolve("agent.ini"), """
                [DEFAULT]
                host = compute01
                state_path = %s
                [linux_bridge]
                physical_interface_mappings = physnet2:eth2
                [vxlan]
                enable_vxlan = true
                l2_population = true
                local_ip = 172.18.0.101
                [agent]
                polling_interval = 1
                [isospin]
                agent_secret = s3cret
                """.formatted(directory.resolve("state")));
        server = host.inside(FeedStub::new).start();
    }

    RunningAgent start() {
        int reports = server.reports.size();
        process = host.start(
                log,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "--config-file",
                directory.resolve("agent.ini").toString());
        await("the agent registers: " + log).atMost(SOON).until(() -> server.reports.size() > reports);
        return this;
    }

    long pid() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("the agent was not started");
        }
        return running.pid();
    }

    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    /** SIGTERM; answers how long it took. */
    Duration terminate() throws InterruptedException {
        long start = System.nanoTime();
        Process running = process;
        if (running != null) {
            running.destroy();
            running.waitFor();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    Optional<FeedStub.Received> last(ResourceId port, Entity entity) {
        return server.received.stream()
                .filter(each -> each.port().port().equals(port) && each.port().entity() == entity)
                .reduce((first, second) -> second);
    }

    FeedStub.Received awaitUp(ResourceId port, Entity entity) {
        await(entity + " of " + port + " up: " + log)
                .pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .atMost(SOON)
                .until(() -> last(port, entity).filter(each -> each.port().up()).isPresent());
        return last(port, entity).orElseThrow();
    }

    @Override
    public void close() {
        server.close();
        host.close();
    }
}
