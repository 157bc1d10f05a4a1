package io.isospin.server.store.sql;

import io.isospin.core.net.ResourceId;
import io.isospin.server.store.Decision;
import io.isospin.server.store.Store;
import io.isospin.server.store.StoreException;
import io.isospin.server.store.View;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The embedded store: one SQLite file in WAL mode.
 *
 * <p>SQLite takes one writer at a time, so there is one writing thread ({@link GroupCommit}), which puts what waits
 * into one transaction and one fsync. Revisions are therefore handed out and committed in the same order, and a reader
 * that has seen revision N will never meet a smaller one that it has not seen.
 */
public final class SqliteStore implements Store {
    private static final int READERS = 4;

    private final String id;
    private final BlockingQueue<Statements> readers = new ArrayBlockingQueue<>(READERS);
    private final GroupCommit writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition committed = lock.newCondition();
    private volatile long revision;

    private SqliteStore(Path file) throws SQLException {
        var writing = connect(file);
        for (int i = 0; i < READERS; i++) {
            readers.add(connect(file));
        }
        var view = new SqlView(writing);
        var known = view.remembered("store.id");
        id = known.orElseGet(() -> ResourceId.random().value());
        if (known.isEmpty()) {
            writing.run("INSERT INTO memory VALUES ('store.id', ?)", id);
        }
        revision = view.revision();
        writer = new GroupCommit(writing, this::committed);
    }

    /**
     * Opens a file, making it and its schema where they are missing.
     *
     * @throws StoreException naming the file and what is wrong with it
     */
    public static SqliteStore open(Path file) {
        try {
            Migrations.run(url(file));
            return new SqliteStore(file);
        } catch (SQLException e) {
            throw new StoreException(
                    "cannot use the database file " + file + ": "
                            + SqlFailure.of(e).getMessage(),
                    e);
        }
    }

    static String url(Path file) {
        return "jdbc:sqlite:" + file;
    }

    private static Statements connect(Path file) throws SQLException {
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
    public String id() {
        return id;
    }

    @Override
    public <T> T read(Function<View, T> reader) {
        Statements connection = borrow();
        try {
            connection.run("BEGIN");
            try {
                return reader.apply(new SqlView(connection));
            } finally {
                connection.run("COMMIT");
            }
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        } finally {
            readers.add(connection);
        }
    }

    private Statements borrow() {
        try {
            return readers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the database", e);
        }
    }

    @Override
    public <T> T write(Function<View, Decision<T>> decision) {
        return writeAll(List.of(decision)).getFirst();
    }

    @Override
    public <T> List<T> writeAll(List<Function<View, Decision<T>>> decisions) {
        return writer.submit(decisions);
    }

    private void committed(long newRevision) {
        lock.lock();
        try {
            revision = newRevision;
            committed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void awaitChange(long after, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (revision <= after && nanos > 0) {
                nanos = committed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        writer.close();
        try {
            for (int i = 0; i < READERS; i++) {
                borrow().close();
            }
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }
}
