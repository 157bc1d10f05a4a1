package io.isospin.it;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A command line client of Debian's, in Python. Its program is loaded once, and each command runs in a fork of it:
 * loading takes most of a second, every time.
 */
final class Original implements AutoCloseable {
    static final Path NEUTRON = Path.of("/usr/bin/neutron");
    static final Path OPENSTACK = Path.of("/usr/bin/openstack");

    private static final String FORKING = """
            import importlib, os, sys
            shell, *_ = map(importlib.import_module, sys.argv[2].split(','))
            for line in sys.stdin:
                words = line.rstrip('\\n').split('\\t')
                child = os.fork()
                if child == 0:
                    sys.stdin.close()
                    for name, stream in (('out', 1), ('err', 2)):
                        os.dup2(os.open(sys.argv[1] + '/' + name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
                    sys.argv = ['client'] + words
                    sys.exit(shell.main(words))
                status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                print(status, flush=True)
            """;

    private final Path folder;
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader statuses;

    /** What a command did. */
    record Outcome(int status, String out, String err) {}

    /** @param modules the one with the client's main, then what else is worth loading once */
    private Original(Map<String, String> environment, Path folder, String modules) throws IOException {
        this.folder = folder;
        var builder = new ProcessBuilder("/usr/bin/python3", "-c", FORKING, folder.toString(), modules)
                .redirectError(folder.resolve("python").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        process = builder.start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        statuses = process.inputReader(StandardCharsets.UTF_8);
    }

    /** @param folder where the output of a command may be kept */
    static Original neutron(Map<String, String> environment, Path folder) throws IOException {
        return new Original(environment, folder, "neutronclient.shell");
    }

    /** @param folder where the output of a command may be kept */
    static Original openstack(Map<String, String> environment, Path folder) throws IOException {
        return new Original(
                environment,
                folder,
                "openstackclient.shell,openstack.connection,openstack.network.v2._proxy,"
                        + "openstackclient.network.client,openstackclient.identity.client");
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
