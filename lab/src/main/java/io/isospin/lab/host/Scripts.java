package io.isospin.lab.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The lab's shell scripts, which travel inside its jar. */
public final class Scripts {
    private Scripts() {}

    /** Writes a script of {@code io/isospin/lab} into a directory. */
    public static Path copy(String name, Path directory) {
        Path target = directory.resolve(name.substring(name.lastIndexOf('/') + 1));
        try (var in = Scripts.class.getResourceAsStream("/io/isospin/lab/" + name)) {
            if (in == null) {
                throw new LabException("The lab's jar lacks " + name + "; build it anew.");
            }
            Files.createDirectories(directory);
            // A script may be running, and a shell reads it as it goes: the new one is another file.
            Path temporary = Files.createTempFile(directory, "script", ".new");
            Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
            if (!temporary.toFile().setExecutable(true, false)) {
                throw new IOException(temporary + " cannot be made executable");
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            return target;
        } catch (IOException e) {
            throw new LabException("The script " + target + " cannot be written: " + e, e);
        }
    }

    /** The last lines of a log, for an error's sake. */
    public static String tail(Path log, int lines) {
        try {
            List<String> all = Files.readAllLines(log);
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }
}
