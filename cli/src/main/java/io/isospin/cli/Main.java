package io.isospin.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Starts the {@code neutron} command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args, System.getenv()));
    }

    /** The exit status. */
    static int run(String[] args, Map<String, String> environment) {
        // UTF-8 whatever the locale says, as names of networks are in UTF-8 on the wire.
        var out = stream(FileDescriptor.out);
        var err = stream(FileDescriptor.err);
        int status = new Neutron(environment, out, err).run(List.of(args));
        out.flush();
        err.flush();
        return status;
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
    }
}
