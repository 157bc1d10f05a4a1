package io.isospin.lab.bench;

import io.isospin.lab.host.LabException;
import io.isospin.linux.kernel.Command;
import io.isospin.linux.process.Programs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Namespace instances on the running lab: one at a time until it answers pings, many until all have their leases. */
final class InstancesBench {
    private static final List<String> HOSTS = List.of("compute01", "compute02");
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final RunningLab lab;
    private final PrintStream out;

    InstancesBench(RunningLab lab, PrintStream out) {
        this.lab = lab;
        this.out = out;
    }

    void run(int count, int runs) throws IOException, InterruptedException {
        String image = idOf("image", "/v2/images?name=cirros", "images");
        String flavor = idOf("compute", "/flavors", "flavors");
        String network = network();
        var instances = new ArrayList<String>();
        try {
            var reached = new Series("server asked for until its address answers pings");
            for (int i = 0; i < runs; i++) {
                long begin = System.nanoTime();
                String id = boot(network, image, flavor, HOSTS.get(i % HOSTS.size()), 1);
                instances.add(id);
                reached.addNanos(reachable(network, id) - begin);
                out.println("one instance, run " + (i + 1) + " of " + runs);
            }
            var memory = new Series("memory of an idle instance (PSS)");
            for (var id : instances) {
                memory.add(idleMegabytes(id));
            }
            long begin = System.nanoTime();
            for (var host : HOSTS) {
                boot(network, image, flavor, host, count / HOSTS.size());
            }
            long leased = awaitLeases(named());
            out.println();
            out.println(Series.HEAD);
            out.println(reached.row());
            out.println(memory.row("MB"));
            out.printf(
                    Locale.ROOT,
                    "| %d servers on two hosts, until all have their leases, s | 1 | %.1f | | |%n",
                    count,
                    (leased - begin) / 1e9);
        } finally {
            clear(network);
        }
    }

    private String idOf(String service, String path, String collection) {
        return lab.get(service, path).path(collection).path(0).path("id").asString();
    }

    private String network() {
        var body = RunningLab.object();
        body.putObject("network").put("name", "bench-instances");
        String id =
                lab.call("POST", "network", "/networks", body).at("/network/id").asString();
        var subnet = RunningLab.object();
        subnet.putObject("subnet").put("network_id", id).put("ip_version", 4).put("cidr", "10.94.0.0/22");
        lab.call("POST", "network", "/subnets", subnet);
        return id;
    }

    private String boot(String network, String image, String flavor, String host, int count) {
        var body = RunningLab.object();
        var server = body.putObject("server")
                .put("name", "bench-instance")
                .put("imageRef", image)
                .put("flavorRef", flavor)
                .put("availability_zone", "nova:" + host)
                .put("min_count", count)
                .put("max_count", count);
        server.putArray("networks").addObject().put("uuid", network);
        return lab.call("POST", "compute", "/servers", body).at("/server/id").asString();
    }

    /** The ids of all instances of this benchmark. */
    private List<String> named() {
        return lab.get("compute", "/servers?name=bench-instance")
                .path("servers")
                .valueStream()
                .map(server -> server.path("id").asString())
                .toList();
    }

    private static long awaitLeases(List<String> instances) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        var left = new ArrayList<>(instances);
        while (true) {
            for (var id : List.copyOf(left)) {
                if (RunningLab.console(id).contains("lease of")) {
                    left.remove(id);
                }
            }
            if (left.isEmpty()) {
                return System.nanoTime();
            }
            if (System.nanoTime() > end) {
                throw new LabException(left.size() + " instances have no lease after 120 s, " + left.getFirst());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Pings from the network's DHCP namespace until there is an answer. */
    private long reachable(String network, String instance) throws IOException, InterruptedException {
        String address = "";
        long end = System.nanoTime() + PATIENCE_NANOS;
        String holder = Long.toString(RunningLab.holder("controller01"));
        while (System.nanoTime() < end) {
            if (address.isEmpty()) {
                address = lab.get("network", "/ports?device_id=" + instance)
                        .at("/ports/0/fixed_ips/0/ip_address")
                        .asString("");
            } else if (pings(holder, network, address)) {
                return System.nanoTime();
            }
        }
        throw new LabException("Instance " + instance + " does not answer pings at " + address + " after 120 s");
    }

    private static boolean pings(String holder, String network, String address) throws InterruptedException {
        var words = List.of(
                "nsenter",
                "--target",
                holder,
                "--mount",
                "--net",
                "--",
                "ip",
                "netns",
                "exec",
                "qdhcp-" + network,
                "ping",
                "-c",
                "1",
                "-W",
                "0.05",
                address);
        var ping = Programs.start(new Command(words, Map.of(), Path.of("/dev/null")), null);
        return ping.waitFor() == 0;
    }

    /** The proportional share of all processes in the instance's network namespace (proc_pid_smaps_rollup). */
    private double idleMegabytes(String instance) throws IOException {
        var server = lab.get("compute", "/servers/" + instance).path("server");
        String host = server.path("OS-EXT-SRV-ATTR:host").asString();
        String name = server.path("OS-EXT-SRV-ATTR:instance_name").asString();
        Object wanted =
                Files.getAttribute(Path.of("/proc/" + RunningLab.holder(host) + "/root/run/netns/" + name), "unix:ino");
        long kilobytes = 0;
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                if (wanted.equals(inode(process.resolve("ns/net")))) {
                    kilobytes += proportional(process.resolve("smaps_rollup"));
                }
            }
        }
        return kilobytes / 1024.0;
    }

    /** Nothing's where the process has ended meanwhile. */
    private static Object inode(Path file) {
        try {
            return Files.getAttribute(file, "unix:ino");
        } catch (IOException ended) {
            return file;
        }
    }

    private static long proportional(Path rollup) throws IOException {
        return Files.readAllLines(rollup).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private void clear(String network) throws InterruptedException {
        named().forEach(id -> lab.delete("compute", "/servers/" + id));
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!named().isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        lab.delete("network", "/networks/" + network);
    }
}
