package io.isospin.core.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What resources and attributes are, in a sentence each, out of {@code descriptions.txt}. It is read when first asked for. */
public final class Descriptions {
    private static final String FILE = "/descriptions.txt";
    private static final Map<String, String> ALL = read();

    private Descriptions() {}

    /** Empty where the file has none, which a test does not let pass. */
    public static Optional<String> of(Resource resource) {
        return Optional.ofNullable(ALL.get(resource.member()));
    }

    /** An attribute's own sentence, or the one of that name for all resources. */
    public static Optional<String> of(Resource resource, Attribute attribute) {
        return Optional.ofNullable(ALL.get(resource.member() + "." + attribute.name()))
                .or(() -> Optional.ofNullable(ALL.get("*." + attribute.name())));
    }

    /** What has a line, for the test that none is of nothing. */
    static Set<String> keys() {
        return ALL.keySet();
    }

    private static Map<String, String> read() {
        var all = new HashMap<String, String>();
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Descriptions.class.getResourceAsStream(FILE)), StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        var parts = line.split(" = ", 2);
                        if (parts.length < 2 || all.put(parts[0], parts[1]) != null) {
                            throw new IllegalStateException(FILE + ": no KEY = SENTENCE, or the key again: " + line);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
