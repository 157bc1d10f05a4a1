package io.isospin.it;

import io.isospin.it.SideBySideTest.Outcome;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Debian's {@code neutron}. Its program is loaded once, and each command runs in a fork of it: loading takes most of a
 * second, every time.
 */
final class Original implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/bin/neutron");

    private static final String FORKING = """
            import os, sys
            from neutronclient import shell
            for line in sys.stdin:
                words = line.rstrip('\\n').split('\\t')
                child = os.fork()
                if child == 0:
                    sys.stdin.close()
                    for name, stream in (('out', 1), ('err', 2)):
                        os.dup2(os.open(sys.argv[1] + '/' + name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
                    sys.argv = ['neutron'] + words
                    sys.exit(shell.main(words))
                status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                print(status, flush=True)
            """;

    private final Path folder;
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader statuses;

    /** @param folder where the output of a command may be kept */
    Original(Map<String, String> environment, Path folder) throws IOException {
        this.folder = folder;
        var builder = new ProcessBuilder("/usr/bin/python3", "-c", FORKING, folder.toString())
                .redirectError(folder.resolve("python").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        process = builder.start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        statuses = process.inputReader(StandardCharsets.UTF_8);
    }

    Outcome run(List<String> words) throws IOException {
        commands.write(String.join("\t", words));
        commands.newLine();
        commands.flush();
        String status = statuses.readLine();
        if (status == null) {
            throw new IOException("the original ended: " + Files.readString(folder.resolve("python")));
        }
        return new Outcome(
                Integer.parseInt(status),
                Files.readString(folder.resolve("out")),
                Files.readString(folder.resolve("err")));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
