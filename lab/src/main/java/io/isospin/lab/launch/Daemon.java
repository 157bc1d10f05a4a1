package io.isospin.lab.launch;

import io.isospin.lab.host.Holder;
import io.isospin.lab.host.LabException;
import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.Kernel;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program that runs in a host for as long as the lab does: started again a second after it ended by itself. */
final class Daemon implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Daemon.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Kernel kernel;
    private final Holder host;
    private final String name;
    private final List<String> words;
    private final Path log;
    private final Path pidFile;
    private volatile boolean stopping;
    private volatile @Nullable Process process;

    /** {@code pidFile} gets the number of the program itself, as the world outside sees it. */
    Daemon(Kernel kernel, Holder host, String name, List<String> words, Path log, Path pidFile) {
        this.kernel = kernel;
        this.host = host;
        this.name = name;
        this.words = words;
        this.log = log;
        this.pidFile = pidFile;
    }

    void start() {
        try {
            Files.createDirectories(log.getParent());
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new LabException("The log " + log + " cannot be begun: " + e, e);
        }
        var first = launch();
        Thread.ofVirtual().name("watch " + name).start(() -> watch(first));
    }

    String name() {
        return name + " on " + host.host();
    }

    Path log() {
        return log;
    }

    boolean alive() {
        var current = process;
        return current != null && current.isAlive();
    }

    private Process launch() {
        var started = kernel.root().start(new Command(host.enter(words), Map.of(), log));
        process = started;
        return started;
    }

    private void watch(Process first) {
        var current = first;
        try {
            while (true) {
                writePid(current);
                int code = current.waitFor();
                if (stopping) {
                    return;
                }
                LOG.log(Level.WARNING, "{0} ended with {1}; it is started again. Its log is {2}", name(), code, log);
                Thread.sleep(PAUSE);
                if (stopping) {
                    return;
                }
                current = launch();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // nsenter forks to enter the process namespace, so the program is its child.
    private void writePid(Process entering) throws InterruptedException {
        for (int i = 0; i < 500 && entering.isAlive(); i++) {
            Optional<ProcessHandle> child = entering.children().findFirst();
            if (child.isPresent()) {
                try {
                    Files.writeString(pidFile, child.get().pid() + "\n");
                } catch (IOException e) {
                    LOG.log(Level.WARNING, "{0} cannot be written: {1}", pidFile, e.toString());
                }
                return;
            }
            Thread.sleep(2);
        }
    }

    /** Tells it to end, without waiting for that. */
    void askToEnd() {
        stopping = true;
        var current = process;
        if (current != null) {
            current.descendants().forEach(ProcessHandle::destroy);
        }
    }

    /** Waits a little for its end; what does not end goes with its host. */
    @Override
    public void close() {
        askToEnd();
        var current = process;
        try {
            if (current != null && !current.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "{0} does not end within {1}; it is killed", name(), PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
