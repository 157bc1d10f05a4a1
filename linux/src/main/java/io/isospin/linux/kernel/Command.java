package io.isospin.linux.kernel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A program to run: its words, additions to the environment, and the file its output is appended to. */
public record Command(
        List<String> words,
        Map<String, String> environment,
        @Nullable Path log) {
    public static Command of(String... words) {
        return new Command(List.of(words), Map.of(), null);
    }
}
