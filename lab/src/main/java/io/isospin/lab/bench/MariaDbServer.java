package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import io.isospin.lab.host.Scripts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Debian's mariadbd with its defaults, on a folder and a port of its own; each commit is on the disk before its answer. */
record MariaDbServer(Daemon daemon, int port) implements AutoCloseable {
    private static final String SCHEMA = "isospin";

    static MariaDbServer start(Kept kept, Path folder) throws IOException, InterruptedException {
        var data = folder.resolve("mariadb");
        var log = folder.resolve("mariadb-install.log");
        String user = "--user=" + System.getProperty("user.name");
        var install = Daemon.start(
                List.of(
                        "mariadb-install-db",
                        "--no-defaults",
                        "--datadir=" + data,
                        // A server that starts clears its folder for temporary tables, whoever else's they are.
                        "--tmpdir=" + folder,
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db",
                        user),
                log);
        if (install.process().waitFor() != 0) {
            throw new LabException("mariadb-install-db failed: " + Scripts.tail(log, 5));
        }
        int port = ServerFiles.freePort();
        var schema = Files.writeString(folder.resolve("schema.sql"), "CREATE DATABASE " + SCHEMA + ";\n");
        var daemon = Daemon.start(
                List.of(
                        "mariadbd",
                        "--no-defaults",
                        "--datadir=" + data,
                        "--tmpdir=" + folder,
                        "--socket=" + folder.resolve("mariadb.sock"),
                        "--bind-address=127.0.0.1",
                        "--port=" + port,
                        "--init-file=" + schema,
                        "--innodb-buffer-pool-size=512M",
                        user),
                folder.resolve("mariadb.log"));
        var server = kept.keep(new MariaDbServer(daemon, port));
        daemon.await("the database answers", server::answers);
        return server;
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The section of the server's file. */
    String section() {
        return "[database]\nconnection = mysql+pymysql://root:@127.0.0.1:" + port + "/" + SCHEMA;
    }

    @Override
    public void close() {
        daemon.close();
    }
}
