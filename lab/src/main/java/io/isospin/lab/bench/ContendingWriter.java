package io.isospin.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Makes, renames and deletes networks, and ports of one network, until all operations are used up. */
final class ContendingWriter implements Runnable {
    /** Refusals that contention brings; any other is a failure. */
    private static final Pattern EXPECTED = Pattern.compile("\"type\":\"(OverQuota|IpAddressGenerationFailure)\"");

    private final RunningServer server;
    private final String network;
    private final String project;
    private final AtomicInteger left;
    private final Map<String, AtomicInteger> outcomes;
    private final List<String> ports = new ArrayList<>();
    private final List<String> networks = new ArrayList<>();

    ContendingWriter(
            RunningServer server,
            String network,
            String project,
            AtomicInteger left,
            Map<String, AtomicInteger> outcomes) {
        this.server = server;
        this.network = network;
        this.project = project;
        this.left = left;
        this.outcomes = outcomes;
    }

    @Override
    public void run() {
        var random = ThreadLocalRandom.current();
        try (var api = server.api()) {
            while (left.decrementAndGet() >= 0) {
                switch (random.nextInt(10)) {
                    case 0 ->
                        attempt(
                                "network created",
                                () -> networks.add(Cloud.made(
                                        api,
                                        "network",
                                        ServersBench.object().put("name", "n").put("project_id", project))));
                    case 1 -> delete(api, "network", networks);
                    case 2, 3, 4 -> delete(api, "port", ports);
                    case 5 -> rename(api);
                    default ->
                        attempt(
                                "port created",
                                () -> ports.add(Cloud.made(api, "port", Cloud.port(network, project, "p"))));
                }
            }
        }
    }

    private void delete(Api api, String member, List<String> mine) {
        if (mine.isEmpty()) {
            left.incrementAndGet();
            return;
        }
        String victim = mine.remove(ThreadLocalRandom.current().nextInt(mine.size()));
        attempt(member + " deleted", () -> api.delete("/" + member + "s/" + victim));
    }

    private void rename(Api api) {
        if (ports.isEmpty()) {
            left.incrementAndGet();
            return;
        }
        var body = ServersBench.object();
        body.putObject("port").put("name", "renamed");
        attempt("port renamed", () -> api.put("/ports/" + ports.getLast(), body));
    }

    private void attempt(String what, Runnable operation) {
        try {
            operation.run();
            ServersBench.count(outcomes, what);
        } catch (Api.Refused e) {
            var expected = EXPECTED.matcher(String.valueOf(e.getMessage()));
            if (!expected.find()) {
                throw e;
            }
            ServersBench.count(outcomes, "refused: " + expected.group(1));
        }
    }
}
