package io.isospin.lab.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsTest {
    @TempDir
    private Path directory;

    private Scratch scratch;

    @BeforeEach
    void open() throws Exception {
        scratch = new Scratch(directory);
    }

    @AfterEach
    void close() {
        scratch.close();
    }

    @Test
    void hosts_reach_each_other_and_are_themselves() throws Exception {
        scratch.start();
        var host = scratch.first();
        assertThat(scratch.run(host, "hostname").strip()).isEqualTo(host.host());
        assertThat(scratch.run(host, "cat", "/etc/neutron/neutron.conf")).contains("of " + host.host());
        assertThat(scratch.run(host, "ls", "/run/netns")).isEmpty();
        assertThat(scratch.run(host, "ls", "/sys/class/net").split("\n")).contains("eth0", "eth1", "eth2", "lo");
        assertThat(scratch.run(host, "ping", "-c1", "-W2", "10.77.0.2")).contains("1 received");
        assertThat(scratch.run(host, "ping", "-c1", "-W2", "10.78.0.2")).contains("1 received");
        assertThat(Files.exists(Path.of("/etc/neutron/neutron.conf"))
                        && Files.readString(Path.of("/etc/neutron/neutron.conf"))
                                .contains("of " + host.host()))
                .isFalse();
    }

    @Test
    void a_namespace_made_in_a_host_is_seen_in_that_host_alone() throws Exception {
        scratch.start();
        var hosts = scratch.holders.values().toArray(Holder[]::new);
        scratch.run(hosts[0], "ip", "netns", "add", "inner");
        assertThat(scratch.run(hosts[0], "ip", "netns")).contains("inner");
        assertThat(scratch.run(hosts[1], "ip", "netns")).doesNotContain("inner");
        assertThat(scratch.kernel.namespaces()).doesNotContain("inner");
    }

    @Test
    void killing_the_holder_ends_all_that_runs_in_the_host() throws Exception {
        scratch.start();
        var host = scratch.first();
        var sleeper = scratch.start(host, "sleep", "1000");
        await().until(() -> scratch.run(host, "ps", "axo", "args").contains("sleep 1000"));
        host.process().handle().orElseThrow().destroyForcibly();
        await().until(() -> !sleeper.isAlive());
    }

    @Test
    void clearing_leaves_no_namespace_process_or_file() throws Exception {
        scratch.start();
        var sleeper = scratch.start(scratch.first(), "sleep", "1000");
        assertThat(LabRecord.read(scratch.plan)).contains(scratch.record());
        scratch.remains().clear(scratch.record());
        assertThat(scratch.kernel.namespaces()).doesNotContainAnyElementsOf(scratch.plan.namespaces());
        await().until(() -> !sleeper.isAlive());
        assertThat(scratch.plan.run()).doesNotExist();
        assertThat(LabRecord.read(scratch.plan)).isEmpty();
        assertThatCode(() -> scratch.remains().clear(scratch.record())).doesNotThrowAnyException();
    }

    @Test
    void a_namespace_that_no_lab_made_is_not_touched() {
        scratch.kernel.namespace(scratch.plan.fabric());
        assertThatThrownBy(() -> scratch.remains().refuseForeign(Optional.empty()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining(scratch.plan.fabric())
                .hasMessageContaining("ip netns delete");
        assertThatCode(() -> scratch.remains().refuseForeign(Optional.of(scratch.record())))
                .doesNotThrowAnyException();
    }

    @Test
    void a_record_of_another_process_with_the_same_number_is_not_alive() {
        var self = ProcessId.of(ProcessHandle.current().pid()).orElseThrow();
        assertThat(self.alive()).isTrue();
        assertThat(new ProcessId(self.pid(), self.started() + 1).alive()).isFalse();
    }
}
