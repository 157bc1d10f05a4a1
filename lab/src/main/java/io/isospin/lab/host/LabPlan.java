package io.isospin.lab.host;

import io.isospin.core.net.IpAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lab as it is to be: where its files are, and its hosts.
 *
 * @param state what lives longer than the lab: the store, settings, logs
 * @param run what lives as long as the lab does
 * @param fabric the namespace that joins the hosts
 */
public record LabPlan(Path state, Path run, String fabric, List<HostPlan> hosts) {

    /** The hosts of the walk-through; the first one has the server. */
    public static LabPlan standard() {
        return new LabPlan(
                Path.of("/var/lib/isospin/lab"),
                Path.of("/run/isospin-lab"),
                "isospin-fabric",
                List.of(
                        host("controller01", 30, 100, List.of("linuxbridge", "dhcp", "metadata")),
                        host("compute01", 31, 101, List.of("linuxbridge")),
                        host("compute02", 32, 102, List.of("linuxbridge"))));
    }

    private static HostPlan host(String name, int management, int tunnel, List<String> agents) {
        return new HostPlan(
                name, IpAddress.parse("10.0.0." + management), IpAddress.parse("172.18.0." + tunnel), agents);
    }

    public HostPlan controller() {
        return hosts.getFirst();
    }

    public List<HostPlan> computes() {
        return hosts.subList(1, hosts.size());
    }

    /** All namespaces that the lab makes. */
    public List<String> namespaces() {
        return Stream.concat(Stream.of(fabric), hosts.stream().map(HostPlan::name))
                .toList();
    }

    public Path hostState(String host) {
        return state.resolve(host);
    }

    public Path logs() {
        return state.resolve("logs");
    }

    public Path pidFile(String host) {
        return run.resolve(host + ".pid");
    }
}
