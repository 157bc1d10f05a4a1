package io.isospin.lab.host;

import io.isospin.core.net.IpAddress;
import io.isospin.lab.compute.instance.Vif;
import io.isospin.linux.LinuxKernel;
import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Two hosts of names that no lab has, gone when the test is over. */
public final class Scratch implements AutoCloseable {
    public final Kernel kernel;
    public final LabPlan plan;
    public final Map<String, Holder> holders = new LinkedHashMap<>();
    private final LabRecord record;

    public Scratch(Path directory) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new IllegalStateException("This test makes network namespaces and so must run as root.");
        }
        String name = "lt" + Integer.toHexString(ThreadLocalRandom.current().nextInt(0x1000, 0xffff));
        kernel = LinuxKernel.open();
        plan = new LabPlan(
                directory.resolve("state"),
                directory.resolve("run"),
                name + "f",
                List.of(host(name + "a", 1), host(name + "b", 2)));
        Files.createDirectories(plan.run());
        Files.createDirectories(plan.logs());
        record = new LabRecord(
                ProcessId.of(ProcessHandle.current().pid()).orElseThrow(), plan.namespaces(), !Remains.netnsIsMount());
        record.write(plan);
    }

    private static HostPlan host(String name, int number) {
        return new HostPlan(
                name, IpAddress.parse("10.77.0." + number), IpAddress.parse("10.78.0." + number), List.of());
    }

    public void start() throws IOException {
        Fabric.build(kernel, plan);
        for (var host : plan.hosts()) {
            Path etc = plan.hostState(host.name()).resolve("etc");
            Files.createDirectories(etc.resolve("neutron"));
            Files.writeString(etc.resolve("neutron/neutron.conf"), "# of " + host.name() + "\n");
            Files.writeString(etc.resolve("hosts"), "127.0.0.1 localhost\n");
            Files.writeString(etc.resolve("hostname"), host.name() + "\n");
            holders.put(host.name(), Holder.start(kernel, plan, host));
        }
    }

    public Holder first() {
        return holders.values().iterator().next();
    }

    /** Starts a program in a host. */
    public Process start(Holder holder, String... words) {
        return kernel.root().start(new Command(holder.enter(List.of(words)), Map.of(), null));
    }

    /** What a program in a host prints; fails where it fails. */
    public String run(Holder holder, String... words) throws IOException, InterruptedException {
        Path log = Files.createTempFile(plan.state(), "run", ".log");
        var process = kernel.root().start(new Command(holder.enter(List.of(words)), Map.of(), log));
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(
                    List.of(words).stream().collect(Collectors.joining(" ")) + ": " + Files.readString(log));
        }
        return Files.readString(log);
    }

    /**
     * A DHCP server on the first host's end of an interface's bridge, which has the interface's address reserved, as
     * simple as it can be; it has the first address of the /24.
     */
    public void serveDhcp(Vif vif, String... options) throws IOException, InterruptedException {
        String bridge = vif.bridge().value();
        String address = vif.addresses().getFirst().toString();
        String net = address.substring(0, address.lastIndexOf('.'));
        run(first(), "ip", "addr", "add", net + ".1/24", "dev", bridge);
        var words = new ArrayList<>(List.of(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--port=0",
                "--no-ping",
                "--interface=" + bridge,
                "--bind-interfaces",
                "--dhcp-leasefile=" + plan.state().resolve("leases-" + net),
                "--pid-file=" + plan.state().resolve("dnsmasq-" + net + ".pid"),
                "--dhcp-host=" + vif.mac() + "," + address,
                "--dhcp-range=" + net + ".0,static,255.255.255.0,600s"));
        words.addAll(List.of(options));
        start(first(), words.toArray(String[]::new));
    }

    /**
     * A metadata service at the same place. What every instance is told is there: {@code files} are more of it, by
     * their path below EC2's version.
     */
    public void serveMetadata(Vif vif, Map<String, String> files) throws IOException, InterruptedException {
        Path tree = plan.state().resolve("metadata");
        var all = new LinkedHashMap<>(Map.of(
                "meta-data/instance-id", "i-0000000a",
                "meta-data/local-hostname", "web.novalocal",
                "meta-data/ami-launch-index", "0",
                "meta-data/placement/availability-zone", "nova"));
        all.putAll(files);
        for (var entry : all.entrySet()) {
            Path file = tree.resolve("2009-04-04").resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, entry.getValue());
        }
        run(
                first(),
                "ip",
                "addr",
                "add",
                "169.254.169.254/32",
                "dev",
                vif.bridge().value());
        start(first(), "busybox", "httpd", "-f", "-p", "169.254.169.254:80", "-h", tree.toString());
    }

    public Remains remains() {
        return new Remains(kernel, plan);
    }

    public LabRecord record() {
        return record;
    }

    @Override
    public void close() {
        remains().clear(record);
        kernel.close();
    }
}
