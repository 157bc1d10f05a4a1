package io.isospin.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The agent of a benchmark's host, which can be ended and started again; each start has a log of its own. */
final class AgentProcess {
    private final Kept kept;
    private final BenchHost host;
    private final List<String> words;
    private final Path folder;
    private @Nullable Daemon running;
    private int starts;

    AgentProcess(Kept kept, BenchHost host, List<String> words, Path folder) {
        this.kept = kept;
        this.host = host;
        this.words = words;
        this.folder = folder;
    }

    void start() {
        Path log = folder.resolveSibling("agent-" + ++starts + ".log");
        running = kept.keep(host.start(words, log));
    }

    /** SIGTERM, and waits for the end. */
    void end() {
        var daemon = running;
        if (daemon != null) {
            kept.drop(daemon);
        }
    }

    long await(String what, BooleanSupplier condition) throws InterruptedException {
        return daemon().await(what, condition);
    }

    /** What this start has logged. */
    String log() throws IOException {
        Path log = daemon().log();
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private Daemon daemon() {
        var daemon = running;
        if (daemon == null) {
            throw new IllegalStateException("the agent was not started");
        }
        return daemon;
    }
}
