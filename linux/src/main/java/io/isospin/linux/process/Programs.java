package io.isospin.linux.process;

import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.libc.Errno;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Starts programs, each in a session of its own, so that a signal to the agent's group does not reach them and they
 * outlive it. util-linux' {@code nsenter} and {@code setsid} replace themselves by the program, whose process id is
 * therefore the one that the caller gets.
 *
 * <p>The entering is left to nsenter and not to a thread that has entered before: the virtual machine starts a thread
 * to await each child, and further ones from that; all would inherit the namespace and keep it alive.
 */
public final class Programs {
    private static final File NULL = new File("/dev/null");

    private Programs() {}

    /** Starts {@code command} in the network namespace at {@code namespace}, or in that of this process. */
    public static Process start(Command command, @Nullable Path namespace) {
        var words = new ArrayList<String>();
        if (namespace != null) {
            words.addAll(List.of("nsenter", "--net=" + namespace));
        }
        words.add("setsid");
        words.add(find(command.words().getFirst(), command.environment().get("PATH")));
        words.addAll(command.words().subList(1, command.words().size()));
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectInput(NULL);
        builder.environment().putAll(command.environment());
        Path log = command.log();
        builder.redirectOutput(
                log == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return builder.start();
        } catch (IOException e) {
            var failure = new KernelException(
                    "starting " + String.join(" ", command.words()) + ": " + e.getMessage(), Errno.ENOENT);
            failure.initCause(e);
            throw failure;
        }
    }

    // nsenter would tell of a missing program only in the log, after this call has answered.
    private static String find(String program, @Nullable String path) {
        if (program.indexOf('/') >= 0) {
            if (Files.isExecutable(Path.of(program))) {
                return program;
            }
            throw new KernelException("starting " + program + ": there is no such program", Errno.ENOENT);
        }
        String search = path != null ? path : System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        // Daemons live in sbin, which a service's PATH may lack.
        return Pattern.compile(":")
                .splitAsStream(search + ":/usr/sbin:/sbin:/usr/bin:/bin")
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .map(Path::toString)
                .findFirst()
                .orElseThrow(() -> new KernelException(
                        "starting " + program + ": there is no such program in " + search
                                + "; install the package that brings it",
                        Errno.ENOENT));
    }
}
