package io.isospin.linux;

import static io.isospin.linux.Scratch.apply;
import static io.isospin.linux.Scratch.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.VlanId;
import io.isospin.linux.bpf.Bpf;
import io.isospin.linux.kernel.Command;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.kernel.Operation;
import io.isospin.linux.libc.Fd;
import io.isospin.linux.netlink.NetlinkSession;
import io.isospin.linux.netns.Netns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the real kernel shows. */
class LinuxKernelTest {
    private Kernel kernel;
    private Scratch scratch;
    private NetworkNamespace ns;

    @TempDir
    private Path logs;

    @BeforeEach
    void openScratch() {
        kernel = Scratch.realKernel();
        scratch = new Scratch(kernel);
        ns = scratch.namespace();
    }

    @AfterEach
    void removeScratch() {
        scratch.close();
    }

    private String output(String... words) throws Exception {
        Path log = Files.createTempFile(logs, "out", "");
        Process process = kernel.root().start(new Command(List.of(words), Map.of(), log));
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return Files.readString(log);
    }

    @Test
    void aKernelSeenByAnotherProcessHasItsNamespacesAndNotOurs() throws Exception {
        var mark = logs.resolve("ready");
        var process = ns.start(Command.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs tmpfs /run/netns && touch " + mark + " && exec sleep 60"));
        // Before that it is not there yet.
        await().until(() -> Files.exists(mark));
        try (var theirs = LinuxKernel.seenBy(process.pid())) {
            apply(theirs.root(), KernelContract.bridge("brq1"));
            assertThat(ns.link(device("brq1"))).isPresent();
            assertThat(theirs.namespaces()).isEmpty();
            var inside = theirs.namespace("inside");
            apply(theirs.root(), new Operation.CreateVeth(device("tap1"), device("eth0"), "inside", null, 1400));
            assertThat(inside.link(device("eth0"))).isPresent();
            assertThat(inside.link(device("lo"))).isPresent();
            assertThat(theirs.namespaces()).containsExactly("inside");
            assertThat(kernel.namespaces()).doesNotContain("inside");
            theirs.delete("inside");
            assertThat(theirs.namespaces()).isEmpty();
            // This process is where it was.
            assertThat(kernel.namespaces()).contains(ns.name());
            assertThat(output("readlink", "/proc/self/ns/mnt").strip())
                    .isEqualTo(
                            Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")).toString());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void ipNetnsSeesOurNamespacesAndWeSeeIts() throws Exception {
        apply(ns, KernelContract.bridge("brq1"));
        assertThat(output("ip", "netns")).contains(ns.name());
        assertThat(output("ip", "netns", "exec", ns.name(), "ip", "-br", "link"))
                .contains("brq1");

        String theirs = scratch.freshName();
        assertThat(output("ip", "netns", "add", theirs)).isEmpty();
        assertThat(kernel.namespaces()).contains(theirs);
        assertThat(kernel.namespace(theirs).link(device("lo"))).isPresent();
    }

    @Test
    void aNameThatAnotherDeletedAndMadeAnewIsOpenedAnew() throws Exception {
        apply(ns, KernelContract.bridge("brq1"));
        assertThat(output("ip", "netns", "delete", ns.name())).isEmpty();
        assertThat(output("ip", "netns", "add", ns.name())).isEmpty();
        assertThat(kernel.namespace(ns.name()).link(device("brq1"))).isEmpty();
    }

    @Test
    void theRemainsOfACreationCutShortAreReplaced() throws Exception {
        String name = scratch.freshName();
        Files.createFile(Path.of("/run/netns", name));
        assertThat(kernel.namespace(name).link(device("lo"))).isPresent();
    }

    @Test
    void aProgramRunsInsideInASessionOfItsOwn() throws Exception {
        apply(ns, KernelContract.bridge("brq1"));
        Path log = logs.resolve("log");
        Process process = ns.start(new Command(
                List.of("sh", "-c", "cat /proc/net/dev; echo $GREETING; exec sleep 60"),
                Map.of("GREETING", "hello"),
                log));
        try {
            await().until(() -> Files.exists(log) && Files.readString(log).contains("hello"));
            assertThat(Files.readString(log)).contains("brq1");
            assertThat(Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/ns/net"))
                            .toString())
                    .isEqualTo("net:[" + inode(ns) + "]");
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            assertThat(stat.substring(stat.lastIndexOf(')')).split(" ")[4]).isEqualTo("" + process.pid());
            assertThat(Netns.<Boolean>call(
                            Path.of("/proc/" + process.pid() + "/ns/net"),
                            () -> deviceList().contains("brq1")))
                    .isTrue();
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> ns.start(Command.of("no-such-program-at-all")))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("no-such-program-at-all");
    }

    private static String deviceList() {
        try {
            return Files.readString(Path.of("/proc/thread-self/net/dev"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long inode(NetworkNamespace ns) throws IOException {
        return (long) Files.getAttribute(Path.of("/run/netns", ns.name()), "unix:ino");
    }

    @Test
    void noThreadStaysInANamespaceAndNoDescriptorStaysOpen() throws Exception {
        int before = descriptors();
        for (int i = 0; i < 20; i++) {
            NetworkNamespace other = scratch.namespace();
            apply(other, KernelContract.veth("eth2", "wire"), pair(7));
            other.observe();
            other.sysctl("net/ipv4/ip_forward", "1");
            other.start(Command.of("true")).waitFor();
            NetworkNamespace.Watch watch = other.watch(ignoring());
            if (i % 2 == 0) {
                watch.close();
            }
            kernel.delete(other.name());
            assertThat(watch).isNotNull();
        }
        // A child's descriptors go when the virtual machine has noticed its end.
        await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before + 3));
        assertThat(threadNamespaces()).hasSize(1);
    }

    private static NetworkNamespace.Listener ignoring() {
        return new NetworkNamespace.Listener() {
            @Override
            public void changed(InterfaceName link) {}

            @Override
            public void lost() {}
        };
    }

    private static int descriptors() throws IOException {
        try (var entries = Files.list(Path.of("/proc/self/fd"))) {
            return (int) entries.count();
        }
    }

    private static List<String> threadNamespaces() throws IOException {
        try (var tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.map(task -> {
                        try {
                            return Files.readSymbolicLink(task.resolve("ns/net"))
                                    .toString();
                        } catch (IOException e) {
                            return ""; // a thread that has ended meanwhile
                        }
                    })
                    .filter(link -> !link.isEmpty())
                    .distinct()
                    .toList();
        }
    }

    @Test
    void aNamespaceOfManyLinksIsReadWholeWhileItChanges() throws Exception {
        var create = new ArrayList<Operation>();
        for (int i = 0; i < 250; i++) {
            create.add(KernelContract.veth("tap" + i, "p" + i));
        }
        apply(ns, create.toArray(Operation[]::new));
        assertThat(ns.observe().links()).hasSize(501);

        var stop = new AtomicBoolean();
        var churn = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                apply(ns, KernelContract.bridge("brq1"), new Operation.DeleteLink(device("brq1")));
            }
        });
        for (int i = 0; i < 20; i++) {
            assertThat(ns.observe().links()).hasSizeBetween(501, 502);
        }
        stop.set(true);
        churn.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aListenerThatFallsBehindIsToldSo() throws Exception {
        var lost = new CompletableFuture<Boolean>();
        var release = new CompletableFuture<Boolean>();
        var listener = new NetworkNamespace.Listener() {
            @Override
            public void changed(InterfaceName link) {
                release.join();
            }

            @Override
            public void lost() {
                lost.complete(true);
            }
        };
        try (var watch = ns.watch(listener)) {
            assertThat(watch).isNotNull();
            apply(ns, KernelContract.bridge("brq1"));
            var flood = new ArrayList<Operation>();
            for (int i = 0; i < 500; i++) {
                flood.add(new Operation.SetMtu(device("brq1"), 1400 + i % 2));
            }
            for (int i = 0; i < 20; i++) {
                apply(ns, flood.toArray(Operation[]::new));
            }
            release.complete(true);
            assertThat(lost.get(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            release.complete(true);
        }
    }

    @Test
    void deletedPairsLeaveTheTrunkWhetherOldOrOfTheSameBatch() {
        var trunk = device("eth2");
        apply(ns, KernelContract.veth("eth2", "wire"), pair(5), pair(6), pair(7));
        apply(
                ns,
                pair(8),
                new Operation.DeleteLink(device("eth2.5")),
                new Operation.DeleteLink(device("eth2.6")),
                new Operation.DeleteLink(device("eth2.8")));
        int index = ns.link(trunk).orElseThrow().index();
        try (NetlinkSession session = ns.call(NetlinkSession::open);
                Fd map = TaggedPairs.trunkMap(session, index).orElseThrow()) {
            assertThat(List.of(5, 6, 7, 8))
                    .filteredOn(vlan -> Bpf.get(map, vlan).isPresent())
                    .containsExactly(7);
        }
        assertThat(ns.observe().taggedPairs()).containsExactly(new Observed.TaggedPair(device("eth2.7"), trunk, 7));
    }

    private static Operation pair(int vlan) {
        return new Operation.CreateTaggedPair(device("eth2." + vlan), device("eth2"), new VlanId(vlan), 1500);
    }

    @Test
    void theProbeForVlanDevicesLeavesNothing() {
        var before = kernel.root().observe().links().keySet();
        boolean first = kernel.hasVlanDevices();
        assertThat(kernel.hasVlanDevices()).isEqualTo(first);
        assertThat(kernel.root().observe().links().keySet()).isEqualTo(before);
    }
}
