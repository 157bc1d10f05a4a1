package io.isospin.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line: {@code --config-file FILE} and {@code --config-dir FOLDER}, as often as one likes. */
final class Arguments {
    private Arguments() {}

    static List<Path> configFiles(String[] args) {
        var files = new ArrayList<Path>();
        for (int i = 0; i < args.length; i++) {
            String word = args[i];
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            if (!name.equals("--config-file") && !name.equals("--config-dir")) {
                throw new StartException("unknown argument '" + word
                        + "'. Use --config-file FILE and --config-dir FOLDER, as often as needed.");
            }
            String value =
                    word.contains("=") ? word.substring(word.indexOf('=') + 1) : i + 1 < args.length ? args[++i] : "";
            if (value.isEmpty()) {
                throw new StartException(name + " wants a path");
            }
            if (name.equals("--config-file")) {
                files.add(Path.of(value));
            } else {
                files.addAll(folder(Path.of(value)));
            }
        }
        return files;
    }

    private static List<Path> folder(Path folder) {
        try (var found = Files.list(folder)) {
            return found.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StartException("cannot read the folder " + folder + " of --config-dir: " + e.getMessage());
        }
    }
}
