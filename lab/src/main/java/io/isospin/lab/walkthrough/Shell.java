package io.isospin.lab.walkthrough;

import io.isospin.lab.host.LabException;
import io.isospin.lab.walkthrough.Step.Outcome;
import io.isospin.linux.kernel.Command;
import io.isospin.linux.process.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs steps in a shell that knows the lab, the credentials, and what earlier steps have saved. */
final class Shell implements AutoCloseable {
    private static final long LONGEST_SECONDS = 180;

    private final Path folder;
    private final Path words;
    private final Path state;
    private final Map<String, String> environment = new HashMap<>();

    /** {@code client}: the folder in which {@code neutron} is looked for first. */
    Shell(Path home, Path state, Path client) throws IOException {
        this.folder = Files.createTempDirectory("isospin-walkthrough");
        this.words = folder.resolve("words.bash");
        this.state = state;
        try (InputStream in = Shell.class.getResourceAsStream("words.bash")) {
            if (in == null) {
                throw new LabException("words.bash is missing from the lab's jar: build anew");
            }
            Files.copy(in, words);
        }
        environment.put("ISOSPIN", home.resolve("isospin").toString());
        environment.put("FOLDER", folder.toString());
        environment.put("PATH", client + ":/usr/sbin:/usr/bin:/sbin:/bin");
    }

    Outcome run(String user, String command) throws IOException, InterruptedException {
        var log = folder.resolve("output");
        Files.deleteIfExists(log);
        Files.createFile(log);
        String script = "set -o pipefail; . " + words + "; . " + state.resolve(user + "-openrc") + "\n" + command;
        var process = Programs.start(new Command(List.of("bash", "-c", script), environment, log), null);
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return new Outcome(124, Files.readString(log) + "\n(ended after " + LONGEST_SECONDS + " s)");
        }
        return new Outcome(process.exitValue(), Files.readString(log));
    }

    void save(String name, String value) {
        environment.put(name, value);
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
