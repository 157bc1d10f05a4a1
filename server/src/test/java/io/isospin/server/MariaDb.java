package io.isospin.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Debian's mariadbd on a folder, a socket and a port of its own. */
public final class MariaDb implements AutoCloseable {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private final Path folder;
    private final int port;
    private final List<String> options;
    private @Nullable Process process;

    private MariaDb(Path folder, int port, List<String> options) {
        this.folder = folder;
        this.port = port;
        this.options = options;
    }

    /** One for all tests of this run, which ends with it. */
    static final class Shared {
        static final MariaDb SERVER = started();

        private Shared() {}

        private static MariaDb started() {
            var server = prepared();
            server.start();
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
            return server;
        }
    }

    public static MariaDb shared() {
        return Shared.SERVER;
    }

    /** A server with an empty data folder, which has not started yet. */
    public static MariaDb prepared(String... options) {
        try {
            var folder = Files.createTempDirectory("mariadb");
            run(
                    folder,
                    "mariadb-install-db",
                    "--no-defaults",
                    "--datadir=" + folder.resolve("data"),
                    // A server that starts clears its folder for temporary tables, whoever else's they are.
                    "--tmpdir=" + folder,
                    "--auth-root-authentication-method=normal",
                    "--skip-test-db",
                    "--user=" + System.getProperty("user.name"));
            return new MariaDb(folder, freePort(), List.of(options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(Path folder, String... command) throws IOException {
        var log = folder.resolve("install.log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command[0] + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process launch() {
        var command = new ArrayList<>(List.of(
                "/usr/sbin/mariadbd",
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + folder.resolve("data"),
                "--tmpdir=" + folder,
                "--socket=" + folder.resolve("s"),
                "--pid-file=" + folder.resolve("pid"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--innodb-buffer-pool-size=64M",
                "--max-connections=500"));
        command.addAll(options);
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, again on the same port and data, and waits until it answers. */
    public void start() {
        process = launch();
        await("mariadbd listens, see " + folder.resolve("log"))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    try {
                        sql("SELECT 1");
                        return true;
                    } catch (IllegalStateException e) {
                        return false;
                    }
                });
    }

    /** Starts it, or again, where it takes no connections but those through its socket file. */
    void startOnSocketOnly() {
        process = launch();
        await("mariadbd makes its socket, see " + folder.resolve("log"))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
                        return channel.isConnected();
                    } catch (IOException e) {
                        return false;
                    }
                });
    }

    String socket() {
        return folder.resolve("s").toString();
    }

    /** Through the socket file as root. */
    String socketConnection(String schema) {
        return "mysql+pymysql://root@localhost/" + schema + "?charset=utf8mb4&unix_socket=" + socket();
    }

    /** Runs statements as root. */
    public void sql(String... statements) {
        try (var connection = DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/?user=root");
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The connection, as SQLAlchemy writes it, to a new and empty schema. */
    public String schema() {
        return connection(newSchema());
    }

    public String newSchema() {
        String name = "test" + SCHEMAS.incrementAndGet();
        sql(
                "CREATE DATABASE " + name,
                "CREATE USER " + name + "@'127.0.0.1' IDENTIFIED BY 'p@ss/w:rd'",
                "GRANT ALL ON " + name + ".* TO " + name + "@'127.0.0.1'");
        return name;
    }

    /** A schema in JDBC's words, as root. */
    public String jdbc(String schema) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + schema + "?user=root";
    }

    public String connection(String schema) {
        return "mysql+pymysql://" + schema + ":p%40ss%2Fw:rd@127.0.0.1:" + port + "/" + schema + "?charset=utf8mb4";
    }

    public void stop() {
        end(Process::destroy);
    }

    public void kill() {
        end(Process::destroyForcibly);
    }

    private void end(Consumer<Process> how) {
        var running = process;
        if (running == null) {
            return;
        }
        how.accept(running);
        try {
            if (!running.waitFor(30, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        stop();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
