package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two servers on one database, 16 writers who want the same few numbers and addresses, and a watcher of each collection at
 * each server: what the watchers have seen is replayed, so that every state there ever was is looked at.
 */
final class ServersBench {
    private static final int WRITERS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PROJECT = "contended";
    private static final int MOST_PORTS = 900;
    private static final int MOST_NETWORKS = 80;

    private final Checkout checkout;
    private final Kept kept;
    private final PrintStream out;

    ServersBench(Checkout checkout, Kept kept, PrintStream out) {
        this.checkout = checkout;
        this.kept = kept;
        this.out = out;
    }

    void run(int operations) throws IOException, InterruptedException {
        var folder = kept.keep(Folder.make()).path();
        String database = MariaDbServer.start(kept, folder).section();
        var servers = List.of(
                RunningServer.start(checkout, kept, folder, database),
                RunningServer.start(checkout, kept, folder, database));
        try (var api = servers.getFirst().api()) {
            limit(api);
            // Fewer addresses than the writers want at times, and the quota below that again.
            String shared = Cloud.network(api, PROJECT, "10.64.0.0/22");
            var watchers = new ArrayList<Watcher>();
            var replays = new ArrayList<Replay>();
            for (var server : servers) {
                for (var member : List.of("network", "port")) {
                    var replay = new Replay(member, PROJECT, member.equals("port") ? MOST_PORTS : MOST_NETWORKS);
                    replays.add(replay);
                    watchers.add(kept.keep(Watcher.start(server, member, replay::see)));
                }
            }
            long begin = System.nanoTime();
            var outcomes = write(servers, shared, operations);
            double seconds = (System.nanoTime() - begin) / 1e9;
            var ports = api.get("/ports").path("ports");
            var networks = api.get("/networks").path("networks");
            for (var watcher : watchers) {
                var wanted = ids(watcher.member().equals("port") ? ports : networks);
                watcher.await("all is as a list shows it", wanted::equals, PATIENCE);
            }
            report(operations, seconds, outcomes);
            check(watchers, replays);
        }
    }

    private static Set<String> ids(JsonNode list) {
        return list.valueStream().map(one -> one.path("id").asString()).collect(Collectors.toSet());
    }

    private static void limit(Api api) {
        var quota = JsonNodeFactory.instance.objectNode();
        quota.putObject("quota").put("port", MOST_PORTS).put("network", MOST_NETWORKS);
        api.put("/quotas/" + PROJECT, quota);
    }

    private Map<String, AtomicInteger> write(List<RunningServer> servers, String network, int operations)
            throws InterruptedException {
        var left = new AtomicInteger(operations);
        var outcomes = new TreeMap<String, AtomicInteger>();
        var failures = new ConcurrentLinkedQueue<Throwable>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < WRITERS; i++) {
            var writer = new ContendingWriter(servers.get(i % servers.size()), network, PROJECT, left, outcomes);
            threads.add(Thread.ofPlatform()
                    .uncaughtExceptionHandler((thread, failure) -> failures.add(failure))
                    .start(writer));
        }
        for (var thread : threads) {
            while (!thread.join(Duration.ofSeconds(5))) {
                out.println(Math.max(0, left.get()) + " operations left");
            }
        }
        if (!failures.isEmpty()) {
            throw new LabException(failures.size() + " writers failed, the first: " + failures.peek());
        }
        return outcomes;
    }

    private void report(int operations, double seconds, Map<String, AtomicInteger> outcomes) {
        out.println();
        out.printf(
                Locale.ROOT, "%d operations in %.1f s, %.0f a second:%n%n", operations, seconds, operations / seconds);
        out.println("| outcome | times |\n|---|--:|");
        outcomes.forEach((what, times) -> out.println("| " + what + " | " + times + " |"));
        out.println();
    }

    private void check(List<Watcher> watchers, List<Replay> replays) {
        var faults = new ArrayList<String>();
        for (int i = 0; i < watchers.size(); i++) {
            var replay = replays.get(i);
            faults.addAll(replay.faults());
            out.println("watcher of " + watchers.get(i).member() + "s on port "
                    + watchers.get(i).port() + ": " + replay.changes() + " changes, at most " + replay.most()
                    + " at once");
        }
        for (int i = 0; i < 2; i++) {
            if (replays.get(i).trace() != replays.get(i + 2).trace()) {
                faults.add("the watchers of " + watchers.get(i).member() + "s have seen different changes");
            }
        }
        if (!faults.isEmpty()) {
            throw new LabException(faults.size() + " faults, the first: " + faults.getFirst());
        }
        out.println("No quota exceeded, no address, MAC or VNI given twice, no change missed or out of order.");
    }

    /** Counts an outcome. */
    static void count(Map<String, AtomicInteger> outcomes, String what) {
        synchronized (outcomes) {
            outcomes.computeIfAbsent(what, key -> new AtomicInteger()).incrementAndGet();
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
