package io.isospin.cli.bench;

import io.isospin.cli.bench.ApiBench.Bench;
import java.util.stream.IntStream;

/** Ports created by several clients at once on one network, listed, and deleted by as many. */
final class Concurrent {
    private Concurrent() {}

    static void run(Bench bench) {
        var cloud = bench.cloud();
        var options = bench.options();
        try (var client = bench.client()) {
            String network = cloud.wide(client);
            cloud.warm(client, network);
            var requests = IntStream.range(0, options.ports())
                    .mapToObj(i -> cloud.port(network))
                    .toList();
            var created = bench.fan().time(requests, options.concurrency(), options.reconnect());
            String clients = options.concurrency() + " clients";
            bench.results()
                    .rate("create port, " + clients, created, created.answers().size());
            Lists.run(bench, client, network, created.answers().size());
            var deletes = created.parsed("port").stream()
                    .map(port -> cloud.deletePort(port.path("id").asString()))
                    .toList();
            var deleted = bench.fan().time(deletes, options.concurrency(), options.reconnect());
            bench.results()
                    .rate("delete port, " + clients, deleted, deleted.answers().size());
        }
        cloud.clear();
    }
}
