package io.isospin.lab.compute.instance.qemu;

import io.isospin.lab.compute.instance.Guest;
import io.isospin.lab.compute.instance.HostCommands;
import io.isospin.lab.compute.instance.Vif;
import io.isospin.lab.host.Scripts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Guests' taps, each in the bridge of its network. They are there before qemu is, and stay while it is off. */
final class Taps {
    private final HostCommands commands;
    private final Path script;

    /** The script that makes them is put into {@code scripts}. */
    Taps(HostCommands commands, Path scripts) {
        this.commands = commands;
        this.script = Scripts.copy("compute/instance/qemu/taps.sh", scripts);
    }

    void plug(Guest guest, List<Vif> vifs) {
        var words = words("plug");
        for (var vif : vifs) {
            words.addAll(List.of(
                    vif.tap().value(), vif.bridge().value(), vif.mac().toString(), Integer.toString(vif.mtu())));
        }
        commands.run(guest, words, "plugged");
    }

    /** Those that have gone are no failure. */
    void unplug(Guest guest, List<Vif> vifs) {
        var words = words("unplug");
        vifs.forEach(vif -> words.add(vif.tap().value()));
        commands.run(guest, words, "unplugged");
    }

    private List<String> words(String verb) {
        return new ArrayList<>(List.of("sh", script.toString(), verb));
    }
}
