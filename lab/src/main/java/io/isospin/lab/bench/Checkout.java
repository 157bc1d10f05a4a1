package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import io.isospin.lab.launch.Program;
import java.nio.file.Path;
import java.util.List;

/** The checkout whose programs are measured, as it was built. */
record Checkout(Path home, String version) {
    static Checkout at(Path home) {
        String version = Checkout.class.getPackage().getImplementationVersion();
        if (version == null) {
            throw new LabException("The benchmark does not know its version; start it with ./isospin bench.");
        }
        return new Checkout(home, version);
    }

    /** The words that start the server. */
    List<String> server(Path settings) {
        return words("server", settings);
    }

    List<String> agent(Path settings) {
        return words("agent", settings);
    }

    private List<String> words(String program, Path settings) {
        return new Program(program, List.of("--config-file", settings.toString())).words(home, version);
    }
}
