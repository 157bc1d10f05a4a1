package io.isospin.lab.compute.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.RecordingDriver;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriversTest {
    private final RecordingDriver namespace = new RecordingDriver();
    private final RecordingDriver qemu = new RecordingDriver();
    private final Drivers drivers = new Drivers(namespace, Map.of("namespace", namespace, "qemu", qemu));

    @Test
    void who_does_not_choose_gets_the_usual_one() {
        drivers.plug(guest(Map.of(), Map.of()));
        assertThat(namespace.done).isNotEmpty();
        assertThat(qemu.done).isEmpty();
    }

    @Test
    void the_image_chooses_and_where_it_does_not_the_flavor() {
        drivers.plug(guest(Map.of(Drivers.PROPERTY, "qemu"), Map.of(Drivers.PROPERTY, "namespace")));
        assertThat(namespace.done).isEmpty();
        assertThat(qemu.done).hasSize(1);
        drivers.destroy(guest(Map.of(), Map.of(Drivers.PROPERTY, "qemu")));
        assertThat(qemu.done).hasSize(2);
        assertThat(namespace.done).isEmpty();
    }

    @Test
    void a_driver_that_there_is_not_is_refused_with_those_that_there_are() {
        assertThatThrownBy(() -> drivers.plug(guest(Map.of(Drivers.PROPERTY, "xen"), Map.of())))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("'xen'")
                .hasMessageContaining("namespace and qemu");
    }

    private static Guest guest(Map<String, String> image, Map<String, String> flavor) {
        var settings =
                new GuestSettings(64, 1, "image", image, flavor, Map.of(), null, List.of(), "project", "nova", false);
        return new Guest(ResourceId.random(), 1, "web", "compute01", List.of(), settings);
    }
}
