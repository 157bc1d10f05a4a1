package io.isospin.lab.launch;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/** What goes to the terminal: warnings, a line each. What went well is told by {@link Progress}. */
public final class Console {
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
}
