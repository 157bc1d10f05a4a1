package io.isospin.cli.bench;

import io.isospin.cli.bench.ApiBench.Bench;
import java.net.URI;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists of ports: all of the server, the ids of a network, and all in pages of 100. */
final class Lists {
    private static final int PAGE = 100;

    private Lists() {}

    /** {@code count}: the ports of the network, which must all be found. */
    static void run(Bench bench, Client client, String network, int count) {
        String name = "list " + count + " ports: ";
        String ofNetwork = "/v2.0/ports?network_id=" + network + "&fields=id";
        var expected = ids(client.need(bench.target().get(ofNetwork), "ports"));
        check("the network's list", expected.size(), count);
        repeat(bench, client, name + "all", "/v2.0/ports", expected);
        repeat(bench, client, name + "ids of a network", ofNetwork, expected);
        pages(bench, client, name + "pages of " + PAGE, expected);
    }

    private static void repeat(Bench bench, Client client, String name, String path, Set<String> expected) {
        var request = bench.target().get(path);
        client.send(request); // the first may find a cold cache
        var timed = client.time(Collections.nCopies(bench.options().lists(), request));
        for (var ports : timed.parsed("ports")) {
            var found = ids(ports);
            found.retainAll(expected);
            check(name, found.size(), expected.size());
        }
        bench.results().latencies(name, timed);
    }

    private static void pages(Bench bench, Client client, String name, Set<String> expected) {
        int times = bench.options().lists();
        long[] latencies = new long[times];
        long cpu = 0;
        for (int i = 0; i < times; i++) {
            var found = new HashSet<String>();
            String path = "/v2.0/ports?limit=" + PAGE;
            while (path != null) {
                var timed = client.time(List.of(bench.target().get(path)));
                if (timed.answers().isEmpty()) {
                    return; // noted as an error
                }
                latencies[i] += timed.latencies()[0];
                cpu += timed.cpu();
                var page =
                        JsonMapper.shared().readTree(timed.answers().getFirst().body());
                found.addAll(ids(page.path("ports")));
                path = next(page);
            }
            found.retainAll(expected);
            check(name, found.size(), expected.size());
        }
        bench.results().latencies(name, new Timed(latencies, List.of(), 0, 0, cpu));
    }

    private static @Nullable String next(JsonNode page) {
        for (var link : page.path("ports_links")) {
            if (link.path("rel").asString("").equals("next")) {
                return "/v2.0/ports?" + URI.create(link.path("href").asString()).getRawQuery();
            }
        }
        return null;
    }

    private static Set<String> ids(JsonNode ports) {
        var ids = new HashSet<String>();
        ports.forEach(port -> ids.add(port.path("id").asString()));
        return ids;
    }

    private static void check(String what, int found, int expected) {
        if (found != expected) {
            throw new BenchException(what + " has " + found + " of the " + expected + " ports made");
        }
    }
}
