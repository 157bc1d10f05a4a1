package io.isospin.cli.bench;

import io.isospin.cli.bench.ApiBench.Bench;
import io.isospin.cli.bench.Target.Request;
import java.util.ArrayList;
import java.util.List;

/** A port in a /16 with most addresses taken, and one in an empty /16, in turn: what address choice costs. */
final class Full {
    private Full() {}

    static String fullName(Options options) {
        return "create port, " + options.taken() + " addresses of the /16 taken";
    }

    static final String EMPTY = "create port, empty /16";

    static void run(Bench bench) {
        var cloud = bench.cloud();
        int n = bench.options().n();
        try (var client = bench.client()) {
            String full = cloud.wide(client);
            String empty = cloud.wide(client);
            Bulk.create(bench, client, full, bench.options().taken());
            cloud.warm(client, full);
            cloud.warm(client, empty);
            var inFull = new ArrayList<Timed>();
            var inEmpty = new ArrayList<Timed>();
            for (int i = 0; i < n; i++) {
                inFull.add(client.time(List.of(cloud.port(full))));
                inEmpty.add(client.time(List.of(cloud.port(empty))));
                keepEmpty(client, inEmpty.getLast(), cloud);
            }
            bench.results().latencies(EMPTY, Timed.joined(inEmpty));
            bench.results().latencies(fullName(bench.options()), Timed.joined(inFull));
        }
        cloud.clear();
    }

    private static void keepEmpty(Client client, Timed created, Cloud cloud) {
        List<Request> deletes = created.parsed("port").stream()
                .map(port -> cloud.deletePort(port.path("id").asString()))
                .toList();
        deletes.forEach(client::send);
    }
}
