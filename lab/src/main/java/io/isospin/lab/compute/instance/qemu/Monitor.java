package io.isospin.lab.compute.instance.qemu;

import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.compute.instance.Guest;
import io.isospin.lab.compute.instance.Vif;
import io.isospin.lab.http.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** What is done to a guest that runs, through qemu's monitor: a conversation for each. */
final class Monitor {
    /** How long a guest that may be booting has for what it must take part in, and when it is asked again. */
    static final Duration GUEST_PATIENCE = Duration.ofSeconds(15);

    static final Duration AGAIN = Duration.ofSeconds(3);

    private final Guest guest;
    private final Path socket;

    Monitor(Guest guest, Path socket) {
        this.guest = guest;
        this.socket = socket;
    }

    private interface Told {
        void to(Qmp qmp) throws Qmp.Refused;
    }

    void pause() {
        tell("paused", qmp -> qmp.execute("stop", Json.object()));
    }

    void unpause() {
        tell("unpaused", qmp -> qmp.execute("cont", Json.object()));
    }

    /** Gives it an interface on a tap that is there. */
    void give(Vif vif) {
        tell("given " + vif.tap(), qmp -> {
            qmp.execute("netdev_add", QemuCommand.backend(vif));
            qmp.execute("device_add", QemuCommand.device(vif));
        });
    }

    /** Has it let go of an interface; one that it has not is no failure. */
    void take(Vif vif) {
        tell("rid of " + vif.tap(), qmp -> take(qmp, vif));
    }

    /** The guest must take part, so one that is booting is asked again. */
    private void take(Qmp qmp, Vif vif) throws Qmp.Refused {
        String device = QemuCommand.deviceId(vif);
        long end = System.nanoTime() + GUEST_PATIENCE.toNanos();
        boolean gone = false;
        while (!gone && System.nanoTime() < end) {
            try {
                qmp.execute("device_del", Json.object().put("id", device));
            } catch (Qmp.Refused e) {
                String why = String.valueOf(e.getMessage());
                if (why.contains("not found")) {
                    break;
                }
                if (!why.contains("already in the process of unplug")) {
                    throw e;
                }
            }
            gone = qmp.await("DEVICE_DELETED", device, AGAIN);
        }
        if (!gone && System.nanoTime() >= end) {
            throw new DriverException("Instance " + guest.name() + " does not let go of " + vif.mac() + " within "
                    + GUEST_PATIENCE.toSeconds() + " s");
        }
        qmp.execute("netdev_del", Json.object().put("id", QemuCommand.backendId(vif)));
    }

    private void tell(String done, Told told) {
        try (var qmp = Qmp.connect(socket)) {
            told.to(qmp);
        } catch (IOException e) {
            throw new DriverException("Instance " + guest.name() + " could not be " + done + ": qemu does not answer ("
                    + e.getMessage() + ")");
        } catch (Qmp.Refused e) {
            throw new DriverException("Instance " + guest.name() + " could not be " + done + ": " + e.getMessage());
        }
    }
}
