package io.isospin.agent.dhcp;

import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.process.ProcessTable;
import io.isospin.linux.process.ProcessTable.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The dnsmasq processes, which live on when the agent ends and are found again by their pid files. */
final class Dnsmasq {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** One that lives. {@code words} are those that it was started with. */
    record Running(long pid, List<String> words) {
        boolean hasWords(List<String> wanted) {
            // The first word is the program, which may be written with its path.
            return words.size() == wanted.size()
                    && words.subList(1, words.size()).equals(wanted.subList(1, wanted.size()));
        }
    }

    private final ProcessTable processes;

    Dnsmasq(ProcessTable processes) {
        this.processes = processes;
    }

    /** The dnsmasq that the pid file speaks of, if it lives and is not some other process that has the number now. */
    Optional<Running> running(NetworkDirectory directory) {
        return directory.processId().flatMap(pid -> {
            List<String> words = processes.words(pid);
            boolean ours = !words.isEmpty()
                    && words.getFirst().endsWith("dnsmasq")
                    && words.contains("--pid-file=" + directory.pid());
            return ours ? Optional.of(new Running(pid, words)) : Optional.empty();
        });
    }

    boolean isAlive(long pid) {
        return !processes.words(pid).isEmpty();
    }

    boolean isIn(Running running, String namespace) {
        return processes.isIn(running.pid(), namespace);
    }

    /** Starts one and returns when it answers: dnsmasq leaves its parent waiting until its sockets are bound. */
    void start(NetworkNamespace namespace, List<String> words, NetworkDirectory directory) {
        NetworkDirectory.write(directory.log(), "");
        Process parent = namespace.start(new Command(words, Map.of(), directory.log()));
        boolean ended = false;
        try {
            ended = parent.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended || parent.exitValue() != 0) {
            String said = NetworkDirectory.read(directory.log()).orElse("").strip();
            throw new IllegalStateException("dnsmasq did not start in " + namespace.name() + " ("
                    + (ended ? "exit status " + parent.exitValue() : "it is silent") + "): "
                    + (said.isEmpty() ? "it said nothing" : said));
        }
    }

    /** Makes it read its hosts and options again. */
    void reload(Running running) {
        processes.signal(running.pid(), Signal.HANGUP);
    }

    /** Ends it; dnsmasq writes its leases as they come, so nothing is lost. */
    void stop(Running running) {
        processes.signal(running.pid(), Signal.TERMINATE);
        if (!processes.awaitEnd(running.pid(), PATIENCE)) {
            processes.signal(running.pid(), Signal.KILL);
            processes.awaitEnd(running.pid(), PATIENCE);
        }
    }
}
