package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.VifEvents.Outcome;
import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.compute.instance.Vif;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Function;

/** Plugs interfaces and waits until Networking says that they are wired, as long as their host's nova.conf has it. */
final class Plugging {
    private static final System.Logger LOG = System.getLogger(Plugging.class.getName());

    private final VifEvents events;
    private final Function<String, VifPlugging> settings;

    /** {@code settings} are a host's. */
    Plugging(VifEvents events, Function<String, VifPlugging> settings) {
        this.events = events;
        this.settings = settings;
    }

    /** Networking's word did not come, which is fatal on this host. */
    static final class NotWired extends DriverException {
        NotWired(String why) {
            super(why);
        }
    }

    /**
     * Has {@code plug} done and waits; where the word does not come and that is not fatal, the log has a warning.
     *
     * @param host where they are plugged
     */
    void plug(ResourceId server, String host, List<Vif> vifs, Runnable plug) {
        var how = settings.apply(host);
        try (var wait = events.expect(server, vifs)) {
            plug.run();
            var outcome = wait.await(how);
            if (outcome == Outcome.PLUGGED) {
                return;
            }
            String why = outcome.why(vifs, how);
            if (how.fatal()) {
                throw new NotWired(why);
            }
            LOG.log(
                    Level.WARNING,
                    "server {0} goes on on {1} all the same, as vif_plugging_is_fatal is false: {2}",
                    server,
                    host,
                    why);
        }
    }
}
