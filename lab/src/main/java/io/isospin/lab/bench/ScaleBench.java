package io.isospin.lab.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The same requests with a thousand ports in the store and with very many: what they cost should not grow. */
final class ScaleBench {
    private static final int FEW = 1_000;
    private static final int A_POST = 500;
    private static final int A_NETWORK = 10_000;
    private static final int SAMPLES = 300;
    private static final int WARM_UP = 3_000;

    private final Checkout checkout;
    private final Kept kept;
    private final PrintStream out;

    ScaleBench(Checkout checkout, Kept kept, PrintStream out) {
        this.checkout = checkout;
        this.kept = kept;
        this.out = out;
    }

    void run(int many, boolean mariaDb) throws IOException, InterruptedException {
        var folder = kept.keep(Folder.make()).path();
        String database = mariaDb ? MariaDbServer.start(kept, folder).section() : "";
        var server = RunningServer.start(checkout, kept, folder, database);
        try (var api = server.api()) {
            var ports = new ArrayList<String>();
            fill(api, ports, FEW);
            out.println("warming up");
            measured(api, ports, WARM_UP / SAMPLES);
            var before = measured(api, ports, 1);
            fill(api, ports, many);
            measured(api, ports, 1);
            var after = measured(api, ports, 1);
            out.println();
            out.printf(
                    Locale.ROOT,
                    "| p50 in ms, on %s | %d ports | %d ports | ratio |%n|---|--:|--:|--:|%n",
                    mariaDb ? "MariaDB" : "SQLite",
                    FEW,
                    many);
            before.forEach((what, series) -> {
                double then = after.getOrDefault(what, series).median();
                out.println("| " + what + " | " + Series.number(series.median()) + " | " + Series.number(then) + " | "
                        + Series.number(then / series.median()) + " |");
            });
            out.printf(
                    Locale.ROOT,
                    "%nServer's resident memory: %.0f MB.%n",
                    server.daemon().residentMegabytes());
        }
    }

    /** More ports until there are {@code count}, so many on a network, so many networks of a project. */
    private void fill(Api api, List<String> ports, int count) {
        String network = "";
        int here = A_NETWORK;
        while (ports.size() < count) {
            String project = "project-" + ports.size() / (10 * A_NETWORK);
            if (here >= A_NETWORK) {
                network = Cloud.network(api, project, "10.64.0.0/16");
                here = 0;
                out.println(ports.size() + " ports of " + count);
            }
            int next = Math.min(A_POST, count - ports.size());
            api.post("/ports", Cloud.ports(network, project, next))
                    .path("ports")
                    .forEach(port -> ports.add(port.path("id").asString()));
            here += next;
        }
    }

    private static Map<String, Series> measured(Api api, List<String> ports, int rounds) {
        var series = new LinkedHashMap<String, Series>();
        String network = Cloud.network(api, "measured", "10.65.0.0/16");
        var page = "/ports?limit=100&sort_key=id&marker=" + any(ports);
        for (int i = 0; i < rounds * SAMPLES; i++) {
            timed(series, "get a port", () -> api.get("/ports/" + any(ports)));
            timed(series, "list filtered by id", () -> api.get("/ports?id=" + any(ports)));
            timed(series, "list filtered by device, none", () -> api.get("/ports?device_id=none"));
            timed(
                    series,
                    "list filtered by a status and a network",
                    () -> api.get("/ports?status=DOWN&fields=id&network_id=" + network));
            timed(series, "page of 100", () -> api.get(page));
            timed(series, "page of 100 by name", () -> api.get("/ports?limit=100&sort_key=name"));
            var created = new String[1];
            timed(
                    series,
                    "create a port",
                    () -> created[0] = Cloud.made(api, "port", Cloud.port(network, "measured", "bench")));
            timed(series, "delete a port", () -> api.delete("/ports/" + created[0]));
        }
        return series;
    }

    private static String any(List<String> ports) {
        return ports.get(ThreadLocalRandom.current().nextInt(ports.size()));
    }

    private static void timed(Map<String, Series> series, String what, Runnable request) {
        long begin = System.nanoTime();
        request.run();
        series.computeIfAbsent(what, Series::new).addNanos(System.nanoTime() - begin);
    }
}
