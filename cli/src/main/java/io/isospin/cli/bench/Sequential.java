package io.isospin.cli.bench;

import io.isospin.cli.bench.ApiBench.Bench;
import io.isospin.cli.bench.Target.Request;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Operations one after another on one connection. */
final class Sequential {
    private Sequential() {}

    static void run(Bench bench) {
        var cloud = bench.cloud();
        int n = bench.options().n();
        try (var client = bench.client()) {
            IntStream.range(0, bench.options().warmup()).forEach(i -> round(bench, client));

            var networks = timed(bench, client, "create network", n, i -> cloud.network())
                    .parsed("network");
            networks.forEach(cloud::keep);
            each(bench, client, "create subnet", networks, id -> cloud.subnet(id, "10.20.0.0/24"));

            String wide = cloud.wide(client);
            var ports = timed(bench, client, "create port", n, i -> cloud.port(wide))
                    .parsed("port");
            checkAddresses(ports);
            each(bench, client, "get port", ports, id -> bench.target().get("/v2.0/ports/" + id));
            each(bench, client, "update port name", ports, cloud::rename);
            each(bench, client, "list port by id", ports, id -> bench.target().get("/v2.0/ports?id=" + id));
            each(bench, client, "delete port", ports, cloud::deletePort);
            each(bench, client, "delete network", networks, cloud::deleteNetwork);
            networks.forEach(network -> cloud.gone(network.path("id").asString()));
            drop(bench, client, wide);
        }
    }

    /** Everything once, out of the clock. */
    private static void round(Bench bench, Client client) {
        var cloud = bench.cloud();
        String network = cloud.wide(client);
        String port = client.need(cloud.port(network), "port").path("id").asString();
        for (var request : List.of(
                bench.target().get("/v2.0/ports/" + port),
                cloud.rename(port),
                bench.target().get("/v2.0/ports?id=" + port),
                cloud.deletePort(port))) {
            client.send(request);
        }
        drop(bench, client, network);
    }

    private static void drop(Bench bench, Client client, String network) {
        if (client.send(bench.cloud().deleteNetwork(network)) != null) {
            bench.cloud().gone(network);
        }
    }

    private static Timed timed(
            Bench bench, Client client, String operation, int count, Function<Integer, Request> request) {
        var timed =
                client.time(IntStream.range(0, count).mapToObj(request::apply).toList());
        bench.results().latencies(operation, timed);
        return timed;
    }

    private static void each(
            Bench bench, Client client, String operation, List<JsonNode> things, Function<String, Request> request) {
        timed(
                bench,
                client,
                operation,
                things.size(),
                i -> request.apply(things.get(i).path("id").asString()));
    }

    private static void checkAddresses(List<JsonNode> ports) {
        var addresses = new HashSet<String>();
        for (var port : ports) {
            if (!addresses.add(port.path("fixed_ips").path(0).path("ip_address").asString(""))) {
                throw new BenchException("two ports have the same address, or none: " + port);
            }
        }
    }
}
