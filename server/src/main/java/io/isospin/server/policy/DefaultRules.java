package io.isospin.server.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Neutron's own rules, read from {@code policy-defaults.txt}. */
final class DefaultRules {
    private static final Map<String, Default> ALL = read();

    private DefaultRules() {}

    /** A rule, and the one before it that still counts where the operator lets it. */
    record Default(Check now, @Nullable Check before) {
        Check check(boolean newOnly) {
            return newOnly || before == null ? now : new Check.Any(List.of(now, before));
        }
    }

    static Map<String, Default> get() {
        return ALL;
    }

    private static Map<String, Default> read() {
        var rules = new LinkedHashMap<String, Default>();
        try (var file = Objects.requireNonNull(DefaultRules.class.getResourceAsStream("/policy-defaults.txt"))) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        int equals = line.indexOf(" = ");
                        var texts = line.substring(equals + 3).split(" \\| ");
                        rules.put(
                                line.substring(0, equals),
                                new Default(
                                        RuleParser.parse(texts[0]),
                                        texts.length > 1 ? RuleParser.parse(texts[1]) : null));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rules;
    }
}
