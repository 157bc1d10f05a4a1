package io.isospin.lab.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.instance.Vif;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileShelfTest {
    @TempDir
    private Path directory;

    @Test
    void an_instance_comes_back_as_it_was_put() {
        var shelf = new FileShelf(directory.resolve("servers"));
        assertThat(shelf.all()).isEmpty();
        var active = instance(Optional.empty());
        shelf.put(active);
        assertThat(shelf.all()).containsExactly(active);
        var failed = active.failed(new Instance.Fault(500, "why", "", Instant.parse("2026-01-01T00:00:00Z")));
        shelf.put(failed);
        assertThat(shelf.all()).containsExactly(failed);
        shelf.remove(active.id());
        assertThat(shelf.all()).isEmpty();
    }

    @Test
    void a_file_that_is_no_instance_is_passed_over() throws Exception {
        var shelf = new FileShelf(directory);
        shelf.put(instance(Optional.of("text")));
        Files.writeString(directory.resolve("x.json"), "{}");
        Files.writeString(directory.resolve("y.json"), "nonsense");
        assertThat(shelf.all()).hasSize(1);
    }

    private static Instance instance(Optional<String> description) {
        var now = Instant.parse("2026-01-01T00:00:00Z");
        var vif = new Vif(
                ResourceId.random(),
                ResourceId.random(),
                "blue",
                new MacAddress(0xfa163e000001L),
                List.of(IpAddress.parse("10.0.0.9"), IpAddress.parse("fd00::9")),
                1450,
                true);
        return new Instance(
                ResourceId.random(),
                3,
                "web",
                "web",
                description,
                "p",
                "u",
                "i",
                Flavor.ALL.get(1),
                Map.of("k", "v"),
                List.of("t"),
                "r-1",
                0,
                "compute01",
                Instance.State.ACTIVE,
                Optional.empty(),
                List.of(vif),
                Optional.empty(),
                now,
                now,
                Optional.of(now));
    }
}
