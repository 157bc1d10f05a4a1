package io.isospin.agent;

/** One line per record, with its time, level and the class that speaks. */
final class Log {
    private Log() {}

    static void configure() {
        String key = "java.util.logging.SimpleFormatter.format";
        if (System.getProperty(key) == null) {
            System.setProperty(key, "%1$tF %1$tT.%1$tL %4$s %3$s: %5$s%6$s%n");
        }
    }
}
