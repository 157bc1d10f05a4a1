package io.isospin.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The {@code --config-file FILE} and {@code --config-dir DIRECTORY} of a command line, as OpenStack's services take
 * them: both may be repeated, order counts, a directory stands for its {@code *.conf} files by name.
 *
 * @param rest the words that were neither
 */
public record ConfigFiles(List<Path> files, List<String> rest) {
    private static final String FILE = "--config-file";
    private static final String DIRECTORY = "--config-dir";

    public static ConfigFiles fromArguments(List<String> words) {
        var files = new ArrayList<Path>();
        var rest = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!name.equals(FILE) && !name.equals(DIRECTORY)) {
                rest.add(word);
                continue;
            }
            if (equals < 0 && ++i == words.size()) {
                throw new ConfigException(List.of(
                        new Fault("command line", name + " stands without a value", "Write " + name + " PATH")));
            }
            Path path = Path.of(equals < 0 ? words.get(i) : word.substring(equals + 1));
            if (name.equals(FILE)) {
                files.add(path);
            } else {
                files.addAll(inDirectory(path));
            }
        }
        return new ConfigFiles(List.copyOf(files), List.copyOf(rest));
    }

    private static List<Path> inDirectory(Path directory) {
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(path -> path.toString().endsWith(".conf"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ConfigException(List.of(new Fault(
                    directory.toString(), "the configuration directory can't be read: " + e, "Correct " + DIRECTORY)));
        }
    }
}
