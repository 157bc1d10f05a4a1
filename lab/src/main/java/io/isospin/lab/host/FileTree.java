package io.isospin.lab.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** Directories with all that is in them. */
public final class FileTree {
    private FileTree() {}

    /** Removes a directory, where there is one. */
    public static void remove(Path top) throws IOException {
        if (!Files.exists(top)) {
            return;
        }
        try (Stream<Path> files = Files.walk(top)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Empties a directory but for some entries. */
    public static void removeAllIn(Path directory, Set<String> butFor) {
        try (Stream<Path> entries = Files.list(directory)) {
            for (var entry : entries.toList()) {
                if (!butFor.contains(entry.getFileName().toString())) {
                    remove(entry);
                }
            }
        } catch (IOException e) {
            throw new LabException("Not all in " + directory + " can be removed: " + e, e);
        }
    }
}
