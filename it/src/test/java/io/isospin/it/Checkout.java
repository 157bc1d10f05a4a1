package io.isospin.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The checkout under test, and commands in it. */
final class Checkout {
    static final Path HOME = home();

    private Checkout() {}

    private static Path home() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("isospin"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("not inside a checkout of Isospin");
            }
        }
        return folder;
    }

    /** What a command printed, standard error among it, and how it ended. */
    record Outcome(int exitStatus, String output) {}

    static Outcome run(int seconds, String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("isospin-it", ".log");
        try {
            var process = new ProcessBuilder(command)
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + seconds + " s: " + String.join(" ", command) + "\n"
                        + Files.readString(log));
            }
            return new Outcome(process.exitValue(), Files.readString(log));
        } finally {
            Files.delete(log);
        }
    }

    /** A command of a shell that has the administrator's credentials. */
    static Outcome admin(int seconds, String command) throws IOException, InterruptedException {
        return run(seconds, "bash", "-c", "set -o pipefail; eval \"$(./isospin env admin)\"; " + command);
    }
}
