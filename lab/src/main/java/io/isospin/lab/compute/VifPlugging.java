package io.isospin.lab.compute;

import io.isospin.core.config.ConfigException;
import io.isospin.core.config.Settings;
import io.isospin.lab.host.LabException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a host's compute waits for Networking's word that an interface is wired: nova.conf's {@code vif_plugging_timeout}
 * and {@code vif_plugging_is_fatal}.
 *
 * @param timeout zero: it does not wait
 * @param fatal whether an instance whose word does not come is in error; otherwise it starts, and the log has a warning
 */
public record VifPlugging(Duration timeout, boolean fatal) {
    private static final String TIMEOUT = "vif_plugging_timeout";
    private static final int DEFAULT_SECONDS = 300;
    private static final int MOST_SECONDS = 3600;

    /** As a host's nova.conf has it, and as Nova where it says nothing or is not there. */
    public static VifPlugging read(Path novaConf) {
        if (!Files.exists(novaConf)) {
            return new VifPlugging(Duration.ofSeconds(DEFAULT_SECONDS), true);
        }
        var settings = Settings.read(List.of(novaConf));
        var plugging = new VifPlugging(
                Duration.ofSeconds(settings.integer(Settings.DEFAULT, TIMEOUT, DEFAULT_SECONDS, 0, MOST_SECONDS)),
                settings.bool(Settings.DEFAULT, "vif_plugging_is_fatal", true));
        try {
            settings.check();
        } catch (ConfigException e) {
            throw new LabException(String.valueOf(e.getMessage()), e);
        }
        return plugging;
    }

    boolean waits() {
        return !timeout.isZero();
    }
}
