package io.isospin.lab.bench;

import io.isospin.core.net.InterfaceName;
import io.isospin.lab.host.LabException;
import io.isospin.lab.host.Scripts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What it costs that an agent tells of its host's devices: the time from a device to the API's watch, and a storm of
 * ports. On a checkout whose server has no wirings, the storm alone, to compare with.
 */
final class ReportsBench {
    private static final String HOST = "bench";
    private static final int A_POST = 50;
    private static final int SINGLE = 100;
    /** Beside a thousand: Linux has at most 1,023 ports in a bridge. */
    private static final int MORE = 20;
    /** Longer than an agent rests after a report of a hundred devices. */
    private static final long APART_MILLIS = 500;
    /** The same of a thousand. */
    private static final long FAR_APART_MILLIS = 1_500;
    /** Until what follows from a storm is over. */
    private static final long AFTERWARDS_MILLIS = 5_000;

    private final Checkout checkout;
    private final Kept kept;
    private final PrintStream out;
    private final List<String> rows = new ArrayList<>();

    ReportsBench(Checkout checkout, Kept kept, PrintStream out) {
        this.checkout = checkout;
        this.kept = kept;
        this.out = out;
    }

    /** What is measured. */
    private record Site(
            BenchHost host, Path folder, Api api, Daemon server, Daemon agent, Relay relay, Wiring wiring) {}

    void run(int ports, int runs) throws IOException, InterruptedException {
        var site = site();
        var seen = site.api().answers("/wirings") ? new SeenTaps() : null;
        if (seen != null) {
            kept.keep(Watcher.inside(site.host(), site.api().port(), "wiring", "", seen));
            single(site, seen, "few taps there");
        }
        for (int i = 1; i <= runs; i++) {
            out.println("storm " + i + " of " + runs);
            boolean last = i == runs;
            storm(site, seen, ports, last);
        }
        out.println();
        out.println(Series.HEAD_OF_MANY);
        rows.forEach(out::println);
    }

    private Site site() throws IOException, InterruptedException {
        Path folder = kept.keep(Folder.make()).path();
        var host = kept.keep(BenchHost.make(folder));
        var files = new ServerFiles(folder, 9696);
        var server = kept.keep(host.start(checkout.server(files.server()), folder.resolve("server.log")));
        var api = kept.keep(Api.inside(host, files.port()));
        server.await("the server answers", () -> api.answers("/networks"));
        var relay = kept.keep(Relay.inside(host, files.port()));
        var agent = kept.keep(host.start(checkout.agent(files.agent(HOST, relay.port())), folder.resolve("agent.log")));
        agent.await("it reports itself", () -> api.get("/agents").path("agents").size() >= 2);
        var active = kept.keep(
                Watcher.inside(host, files.port(), "port", "&status=ACTIVE&device_owner=compute:nova&fields=id"));
        ip(host, folder, List.of("netns add guests"));
        return new Site(host, folder, api, server, agent, relay, new Wiring(host, api, active, HOST));
    }

    private void single(Site site, SeenTaps seen, String where) throws IOException, InterruptedException {
        String network = site.wiring().network("10.94.0.0/16", false);
        var ports = ports(site, network, SINGLE);
        rows.add(oneByOne(site, seen, ports, where, APART_MILLIS).quantiles());
        site.wiring().remove(network, ports);
        Thread.sleep(AFTERWARDS_MILLIS);
    }

    private Series oneByOne(Site site, SeenTaps seen, List<String> ports, String where, long apart)
            throws IOException, InterruptedException {
        var series = new Series("ip called to make a tap, until the watch shows it in its bridge; " + where + ", ms");
        for (var port : ports) {
            Thread.sleep(apart);
            long begin = System.nanoTime();
            plug(site, List.of(port));
            series.addNanos(seen.await(Set.of(Wiring.tap(port).value())) - begin);
        }
        return series;
    }

    private void storm(Site site, @Nullable SeenTaps seen, int count, boolean last)
            throws IOException, InterruptedException {
        String network = site.wiring().network("10.95.0.0/16", false);
        var ports = ports(site, network, count);
        Thread.sleep(AFTERWARDS_MILLIS);
        Relay.Count before = site.relay().count();
        int documents = seen == null ? 0 : seen.lines();
        long revision = site.api().revision("/networks?limit=1");
        double agent = site.agent().cpuSeconds();
        double server = site.server().cpuSeconds();
        long begin = System.nanoTime();
        plug(site, ports);
        long plugged = System.nanoTime();
        long active = site.wiring().awaitActive(ports);
        String of = "storm of " + count + " taps: ";
        row(of + "ip took, s", (plugged - begin) / 1e9);
        row(of + "from its begin until all are ACTIVE, s", (active - begin) / 1e9);
        if (seen != null) {
            Set<String> taps =
                    ports.stream().map(Wiring::tap).map(InterfaceName::value).collect(Collectors.toSet());
            row(of + "until the watch has shown all of them in their bridge, s", (seen.await(taps) - begin) / 1e9);
        }
        Thread.sleep(AFTERWARDS_MILLIS);
        Relay.Count after = site.relay().count();
        row(of + "CPU of the agent, s", site.agent().cpuSeconds() - agent);
        row(of + "CPU of the server, s", site.server().cpuSeconds() - server);
        row(of + "reports", after.reports() - before.reports());
        row(of + "of them with devices", after.wirings() - before.wirings());
        row(of + "kB of reports", (after.bytes() - before.bytes()) / 1e3);
        row(of + "of them for devices, kB", (after.wiringBytes() - before.wiringBytes()) / 1e3);
        row(of + "entries of the change log", (double) (site.api().revision("/networks?limit=1") - revision));
        if (seen != null) {
            row(of + "of them wirings", seen.lines() - documents);
            if (last) {
                var more = ports(site, network, MORE);
                rows.add(oneByOne(site, seen, more, count + " taps in its bridge", FAR_APART_MILLIS)
                        .quantiles());
                ports.addAll(more);
            }
        }
        site.wiring().remove(network, ports);
        Thread.sleep(AFTERWARDS_MILLIS);
    }

    private void row(String what, double value) {
        rows.add("| " + what + " | 1 | " + Series.number(value) + " | | |");
    }

    private static List<String> ports(Site site, String network, int count) {
        var ports = new ArrayList<String>();
        for (int left = count; left > 0; left -= A_POST) {
            ports.addAll(site.wiring().ports(network, Math.min(A_POST, left)));
        }
        return ports;
    }

    /** Makes ports' taps, whose other ends are in another namespace, as guests' are. */
    private void plug(Site site, List<String> ports) throws IOException, InterruptedException {
        var lines = new ArrayList<String>();
        for (var port : ports) {
            lines.add("link add " + Wiring.tap(port) + " type veth peer name " + Wiring.guest(port) + " netns guests");
            lines.add("link set " + Wiring.tap(port) + " up");
        }
        ip(site.host(), site.folder(), lines);
    }

    private void ip(BenchHost host, Path folder, List<String> lines) throws IOException, InterruptedException {
        Path file = Files.write(Files.createTempFile(folder, "ip", ".batch"), lines);
        Path log = folder.resolve("ip.log");
        var run = kept.keep(host.start(List.of("ip", "-batch", file.toString()), log));
        int status = run.process().waitFor();
        kept.drop(run);
        if (status != 0) {
            throw new LabException("ip -batch " + file + " failed: " + Scripts.tail(log, 3));
        }
    }
}
