package io.isospin.lab.launch;

import io.isospin.lab.host.LabException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The log: warnings on the terminal, a line each, and more in a file. What went well is told by {@link Progress}. */
public final class Console {
    // Held, for the JDK forgets the level of a logger that nobody holds.
    private static final Logger OURS = Logger.getLogger("io.isospin");

    private Console() {}

    public static void begin() {
        try (InputStream settings = Console.class.getResourceAsStream("/io/isospin/lab/launch/logging.properties")) {
            if (settings != null) {
                LogManager.getLogManager().readConfiguration(settings);
            }
        } catch (IOException e) {
            System.err.println("The settings of the log cannot be read, so it is as the JDK has it: " + e);
        }
    }

    /** Writes the log to a file too, which the lab has for itself however it was started. */
    static void alsoTo(Path file) {
        try {
            var handler = new FileHandler(file.toString(), true);
            handler.setFormatter(new SimpleFormatter());
            handler.setLevel(Level.ALL);
            Logger.getLogger("").addHandler(handler);
            OURS.setLevel(Level.INFO);
        } catch (IOException e) {
            throw new LabException("The log " + file + " cannot be begun: " + e, e);
        }
    }
}
