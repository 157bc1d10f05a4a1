package io.isospin.server;

import io.isospin.core.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code [database] connection = sqlite:////absolute/path}, as SQLAlchemy writes it; by default in the state path. */
final class DatabaseFile {
    private static final String SCHEME = "sqlite:///";

    private DatabaseFile() {}

    static Path of(Settings settings) {
        Path standard = Path.of(settings.text("DEFAULT", "state_path", "/var/lib/neutron"), "neutron.sqlite");
        String connection = settings.text("database", "connection", "");
        Path file = connection.startsWith(SCHEME) ? Path.of(connection.substring(SCHEME.length())) : standard;
        if (!connection.isEmpty() && !connection.startsWith(SCHEME)) {
            settings.fault(
                    "database",
                    "connection",
                    "names a database that this version does not keep its data in",
                    "Write sqlite:////path/to/neutron.sqlite");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            settings.fault(
                    "database",
                    "connection",
                    "lies in " + folder + ", which is not a folder that this user may write to",
                    "Make the folder, or name another file");
        }
        return file;
    }
}
