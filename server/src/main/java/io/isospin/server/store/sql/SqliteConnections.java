package io.isospin.server.store.sql;

import io.isospin.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** One file in WAL mode: readers see whole states while one writes. */
final class SqliteConnections implements Connections {
    private static final int READERS = 4;
    private static final String LIBRARY_FOLDER = "org.sqlite.tmpdir";

    private final Path file;
    private final Dialect dialect = new SqliteDialect();
    private final BlockingQueue<Statements> readers = new ArrayBlockingQueue<>(READERS);

    SqliteConnections(Path file) throws SQLException {
        this.file = file;
        for (int i = 0; i < READERS; i++) {
            readers.add(open());
        }
    }

    static String url(Path file) {
        return "jdbc:sqlite:" + file;
    }

    /**
     * Lets the driver unpack its native library beside the database instead of in the folder for everyone's temporary
     * files, and removes what a killed server has left of it there.
     */
    static void unpackBeside(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || System.getProperty(LIBRARY_FOLDER) != null) {
            return;
        }
        System.setProperty(LIBRARY_FOLDER, folder.toString());
        try (var left = Files.newDirectoryStream(folder, "sqlite-*-libsqlitejdbc.so*")) {
            for (var library : left) {
                Files.deleteIfExists(library);
            }
        } catch (IOException e) {
            throw new StoreException("cannot tidy the database's folder " + folder + ": " + e, e);
        }
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public Statements open() throws SQLException {
        var settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        // A commit is on the disk before the client hears of it.
        settings.setProperty("synchronous", "FULL");
        settings.setProperty("busy_timeout", "10000");
        settings.setProperty("cache_size", "-8000");
        settings.setProperty("temp_store", "MEMORY");
        // Pages of the log before it goes into the file, which costs three more fsyncs: 16 MB, not SQLite's 4.
        settings.setProperty("wal_autocheckpoint", "4000");
        // The driver would ask for the last row id after every INSERT, by a statement that it compiles each time.
        settings.setProperty("jdbc.get_generated_keys", "false");
        return new Statements(DriverManager.getConnection(url(file), settings));
    }

    @Override
    public Statements borrow() {
        try {
            return readers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the database", e);
        }
    }

    @Override
    public void giveBack(Statements connection) {
        readers.add(connection);
    }

    @Override
    public RuntimeException failure(SQLException e) {
        return SqlFailure.of(e);
    }

    @Override
    public Optional<Duration> others() {
        return Optional.empty();
    }

    @Override
    public void close() throws SQLException {
        for (int i = 0; i < READERS; i++) {
            borrow().close();
        }
    }
}
