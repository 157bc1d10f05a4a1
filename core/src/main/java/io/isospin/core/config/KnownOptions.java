package io.isospin.core.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The options that Neutron has, and why some of them mean nothing here. */
final class KnownOptions {
    private static final int FIELDS = 5;

    private final Map<String, Option> options = new LinkedHashMap<>();
    private final List<Reason> reasons;

    /**
     * An option of Neutron.
     *
     * @param type oslo.config's: Boolean, Integer, String, …
     * @param standard its default, as a file would say it
     */
    record Option(String section, String name, String type, String standard) {
        /** Whether a value is what holds without it. */
        boolean isStandard(String value) {
            return type.equals("Boolean")
                    ? bool(value) == bool(standard)
                    : value.strip().equals(standard);
        }

        private static boolean bool(String value) {
            return switch (value.strip().toLowerCase(Locale.ROOT)) {
                case "true", "1", "on", "yes" -> true;
                default -> false;
            };
        }
    }

    private record Reason(String section, String name, String text) {
        boolean covers(String ofSection, String ofName) {
            return fits(section, ofSection) && fits(name, ofName);
        }

        /** A star stands for any text. */
        private static boolean fits(String pattern, String text) {
            return text.matches(pattern.replace("*", ".*"));
        }
    }

    KnownOptions() {
        for (var fields : lines("/neutron-options.tsv")) {
            var option = new Option(fields[0], fields[1], fields[2], fields[3]);
            options.put(fields[0] + "." + fields[1], option);
            for (var old : fields[4].split(",")) {
                options.putIfAbsent(old, option);
            }
        }
        reasons = lines("/not-applicable.tsv").stream()
                .map(fields -> new Reason(fields[0], fields[1], fields[2]))
                .toList();
    }

    private static List<String[]> lines(String resource) {
        try (var reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(KnownOptions.class.getResourceAsStream(resource)), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", FIELDS))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The option of a name, an earlier one too. */
    Optional<Option> option(String section, String name) {
        return Optional.ofNullable(options.get(section + "." + name));
    }

    /** Why an option means nothing here. */
    Optional<String> reason(String section, String name) {
        return reasons.stream()
                .filter(reason -> reason.covers(section, name))
                .map(Reason::text)
                .findFirst();
    }

    /** The name in a section, or the section of a name, that is nearest to one that does not exist. */
    Optional<String> nearest(String section, String name) {
        return options.values().stream()
                .filter(option -> reason(option.section(), option.name()).isEmpty())
                .filter(option -> option.section().equals(section)
                        ? distance(option.name(), name) <= 2
                        : option.name().equals(name))
                .map(option -> "[" + option.section() + "] " + option.name())
                .findFirst();
    }

    /** Levenshtein's. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int kept = row[j];
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + change);
                diagonal = kept;
            }
        }
        return row[other.length()];
    }
}
