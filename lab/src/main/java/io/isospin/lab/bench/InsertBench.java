package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** A port created over HTTP, and a bare durable INSERT of as much text on the same MariaDB, in turn. */
final class InsertBench {
    private static final int WARM_UP = 3_000;
    private static final int SAMPLES = 500;
    private static final String TEXT = "x".repeat(900);

    private final Checkout checkout;
    private final Kept kept;
    private final PrintStream out;

    InsertBench(Checkout checkout, Kept kept, PrintStream out) {
        this.checkout = checkout;
        this.kept = kept;
        this.out = out;
    }

    void run(int runs) throws IOException, InterruptedException {
        var folder = kept.keep(Folder.make()).path();
        var database = MariaDbServer.start(kept, folder);
        var server = RunningServer.start(checkout, kept, folder, database.section());
        var bare = new Series("bare INSERT with its commit");
        var port = new Series("port created over HTTP");
        try (var api = server.api();
                var connection = database.connection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE bare (id VARCHAR(36) NOT NULL PRIMARY KEY, doc LONGTEXT NOT NULL)");
            String network = Cloud.network(api, "bench", "10.64.0.0/12");
            try (var insert = connection.prepareStatement("INSERT INTO bare VALUES (?, ?)")) {
                out.println("warming up");
                for (int i = 0; i < WARM_UP; i++) {
                    insert(insert);
                    create(api, network);
                }
                for (int run = 1; run <= runs; run++) {
                    for (int i = 0; i < SAMPLES; i++) {
                        bare.addNanos(insert(insert));
                        port.addNanos(create(api, network));
                    }
                    out.println("insert, run " + run + " of " + runs);
                }
            }
        } catch (SQLException e) {
            throw new LabException("The database fails: " + e.getMessage(), e);
        }
        out.println();
        out.println(Series.HEAD);
        out.println(bare.row());
        out.println(port.row());
        out.println("| ratio of the medians | | " + Series.number(port.median() / bare.median()) + " | | |");
    }

    private static long insert(PreparedStatement insert) throws SQLException {
        long begin = System.nanoTime();
        insert.setString(1, UUID.randomUUID().toString());
        insert.setString(2, TEXT);
        insert.executeUpdate();
        return System.nanoTime() - begin;
    }

    private static long create(Api api, String network) {
        long begin = System.nanoTime();
        Cloud.made(api, "port", Cloud.port(network, "bench", "bench"));
        return System.nanoTime() - begin;
    }
}
