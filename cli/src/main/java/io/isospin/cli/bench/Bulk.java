package io.isospin.cli.bench;

import io.isospin.cli.bench.ApiBench.Bench;
import java.util.stream.Stream;

/** Ports created in POSTs of many, on one connection. */
final class Bulk {
    private Bulk() {}

    static void run(Bench bench, int count, boolean lists) {
        try (var client = bench.client()) {
            String network = bench.cloud().wide(client);
            bench.cloud().warm(client, network);
            var timed = create(bench, client, network, count);
            int size = bench.options().bulk();
            String of = lists ? " of " + count : "";
            bench.results().rate("bulk create (" + size + " a POST)" + of + ", ports", timed, made(timed));
            if (lists) {
                Lists.run(bench, client, network, count);
            }
        }
        bench.cloud().clear();
    }

    /** Lists alone: the ports are made out of the clock. */
    static void runList(Bench bench, int count) {
        try (var client = bench.client()) {
            String network = bench.cloud().wide(client);
            create(bench, client, network, count);
            Lists.run(bench, client, network, count);
        }
        bench.cloud().clear();
    }

    static Timed create(Bench bench, Client client, String network, int count) {
        int size = bench.options().bulk();
        var requests = Stream.iterate(0, done -> done < count, done -> done + size)
                .map(done -> bench.cloud().ports(network, Math.min(size, count - done)))
                .toList();
        return client.time(requests);
    }

    private static int made(Timed timed) {
        return timed.parsed("ports").stream().mapToInt(ports -> ports.size()).sum();
    }
}
