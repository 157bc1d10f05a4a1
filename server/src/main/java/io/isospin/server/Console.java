package io.isospin.server;

import java.lang.System.Logger.Level;

/** Logs go to standard error, a line each, as the JDK's own logging writes them. */
final class Console {
    private Console() {}

    static void begin() {
        // Read once, when the first logger writes.
        if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
            System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT.%1$tL %4$s %3$s %5$s%6$s%n");
        }
    }

    static void say(String what) {
        System.getLogger("isospin.server").log(Level.INFO, what);
    }
}
