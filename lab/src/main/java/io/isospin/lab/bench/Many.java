package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import io.isospin.lab.host.Scripts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Many ports at once on one network, and what {@code ip -batch} needs for the same devices. */
final class Many {
    private static final int A_POST = 50;

    private final Kept kept;
    private final BenchHost host;
    private final Wiring wiring;
    private final Path folder;

    Many(Kept kept, BenchHost host, Wiring wiring, Path folder) {
        this.kept = kept;
        this.host = host;
        this.wiring = wiring;
        this.folder = folder;
    }

    List<String> run(int count, int runs, PrintStream out) throws IOException, InterruptedException {
        var posts = new Series(count + " bound ports created");
        var whole =
                new Series(count + " ports, last API answer until all ACTIVE (their taps made by ip -batch within)");
        var tapped = new Series("of it: taps present until all ACTIVE");
        var batch = new Series("the same devices by ip -batch: taps, bridge, tunnel, all plugged");
        for (int i = 1; i <= runs; i++) {
            long begin = System.nanoTime();
            String network = wiring.network("10.92.0.0/16", false);
            var ports = new ArrayList<String>();
            for (int left = count; left > 0; left -= A_POST) {
                ports.addAll(wiring.ports(network, Math.min(A_POST, left)));
            }
            long answered = System.nanoTime();
            ip(host, taps(ports, ""));
            long present = System.nanoTime();
            long active = wiring.awaitActive(ports);
            posts.addNanos(answered - begin);
            whole.addNanos(active - answered);
            tapped.addNanos(active - present);
            wiring.remove(network, ports);
            batch.addNanos(byHand(ports));
            out.println(count + " ports, run " + i + " of " + runs);
        }
        return List.of(
                posts.row(),
                whole.row(),
                tapped.row(),
                batch.row(),
                "| ratio of the two: last API answer until all ACTIVE / ip -batch | | "
                        + Series.number(whole.median() / batch.median()) + " | | |");
    }

    private static List<String> taps(List<String> ports, String bridge) {
        var lines = new ArrayList<String>();
        for (var port : ports) {
            lines.add("link add " + Wiring.tap(port) + " type veth peer name " + Wiring.guest(port));
            lines.add("link set " + Wiring.tap(port) + " up");
            lines.add("link set " + Wiring.guest(port) + " up");
            if (!bridge.isEmpty()) {
                lines.add("link set " + Wiring.tap(port) + " master " + bridge);
            }
        }
        return lines;
    }

    private long byHand(List<String> ports) throws IOException, InterruptedException {
        var other = kept.keep(BenchHost.make(folder));
        var lines = new ArrayList<>(List.of(
                "link add brq0 type bridge forward_delay 0 stp_state 0",
                "link set brq0 up",
                "link add vxlan-1 type vxlan id 1 local " + BenchHost.TUNNEL + " dstport 4789 nolearning",
                "link set vxlan-1 master brq0 up"));
        lines.addAll(taps(ports, "brq0"));
        long begin = System.nanoTime();
        ip(other, lines);
        long took = System.nanoTime() - begin;
        kept.drop(other);
        return took;
    }

    private void ip(BenchHost where, List<String> lines) throws IOException, InterruptedException {
        Path file = Files.write(Files.createTempFile(folder, "ip", ".batch"), lines);
        Path log = folder.resolve("ip.log");
        var run = kept.keep(where.start(List.of("ip", "-batch", file.toString()), log));
        int status = run.process().waitFor();
        kept.drop(run);
        if (status != 0) {
            throw new LabException("ip -batch " + file + " failed: " + Scripts.tail(log, 3));
        }
    }
}
