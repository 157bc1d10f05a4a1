package io.isospin.lab.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.instance.GuestSettings;
import io.isospin.lab.compute.instance.Vif;
import io.isospin.lab.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstanceJsonTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void an_instance_comes_back_as_it_was_written() {
        var active = instance();
        assertThat(InstanceJson.read(Json.parse(Json.pretty(InstanceJson.write(active)))))
                .isEqualTo(active);
        var bare = active.labelled(new Instance.Label(
                        "web", "web", Optional.empty(), Map.of(), List.of(), Map.of(), Optional.empty()))
                .failed(new Instance.Fault(500, "why", "", NOW));
        assertThat(InstanceJson.read(InstanceJson.write(bare))).isEqualTo(bare);
    }

    @Test
    void a_document_of_something_else_is_told_from_an_instance() {
        assertThatThrownBy(() -> InstanceJson.read(Json.object())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Instance instance() {
        var vif = new Vif(
                ResourceId.random(),
                ResourceId.random(),
                "blue",
                new MacAddress(0xfa163e000001L),
                List.of(IpAddress.parse("10.0.0.9"), IpAddress.parse("fd00::9")),
                1450,
                true);
        var order = new Instance.Order(
                "p",
                "u",
                "i",
                Map.of("isospin:driver", "qemu"),
                Flavor.ALL.get(1),
                Optional.of(new GuestSettings.Key("k", "ssh-ed25519 AAAA me")),
                Optional.of("ZWNobw=="),
                true,
                "r-1",
                0);
        var label = new Instance.Label(
                "web",
                "web",
                Optional.of("text"),
                Map.of("k", "v"),
                List.of("t"),
                Map.of(vif.port().value(), "nic"),
                Optional.of(new Instance.Lock(Optional.of("mine"))));
        return new Instance(
                ResourceId.random(),
                3,
                order,
                label,
                "compute01",
                "east",
                Instance.State.ACTIVE,
                Optional.of(Tasks.REBOOTING),
                List.of(vif),
                Optional.empty(),
                NOW,
                NOW,
                Optional.of(NOW));
    }
}
