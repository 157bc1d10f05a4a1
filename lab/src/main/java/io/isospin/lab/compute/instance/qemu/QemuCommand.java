package io.isospin.lab.compute.instance.qemu;

import io.isospin.lab.compute.instance.Guest;
import io.isospin.lab.compute.instance.Vif;
import io.isospin.lab.http.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What qemu is started with, and what a plugged interface is to it. */
final class QemuCommand {
    static final String PROGRAM = "qemu-system-x86_64";

    /** MiB; a guest of the lab's image has no disk, and what it does not touch costs nothing. */
    private static final int MOST_MEMORY = 96;

    // What takes long under emulation and finds nothing here is left out: mouse ports, hardening against neighbours.
    private static final String KERNEL_OPTIONS = "console=ttyS0 quiet panic=1 net.ifnames=0 nokaslr mitigations=off"
            + " no_timer_check tsc=reliable i8042.noaux cryptomgr.notests random.trust_cpu=on";

    private QemuCommand() {}

    /**
     * @param console the socket of the serial console; all that comes through it is appended to {@code log} as well
     * @param monitor the socket for {@link Qmp}
     */
    record Files(Path console, Path monitor, Path log) {}

    /** A guest that starts from the lab's own image. */
    static List<String> of(Guest guest, GuestImage image, Accelerator accelerator, Files files) {
        return with(
                guest,
                files,
                machine(
                        image,
                        accelerator,
                        Math.min(MOST_MEMORY, guest.settings().memoryMb()),
                        ""));
    }

    /** A guest that starts from a disk of its own, with all the memory of its flavor. */
    static List<String> of(Guest guest, Disk disk, Accelerator accelerator, Files files) {
        var words = machine(accelerator, guest.settings().memoryMb());
        var file =
                Json.object().put("driver", "file").put("filename", disk.file().toString());
        words.addAll(List.of(
                "-blockdev",
                Json.text(Json.object()
                        .put("driver", disk.format())
                        .put("node-name", "disk")
                        .set("file", file)),
                "-device",
                "virtio-blk-pci,drive=disk,bootindex=0"));
        return with(guest, files, words);
    }

    private static List<String> with(Guest guest, Files files, List<String> words) {
        words.addAll(List.of("-name", guest.name(), "-uuid", guest.id().value()));
        // The guest is whoever's: qemu, which is root for the sake of the taps, is kept to what it needs.
        words.addAll(List.of("-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"));
        words.addAll(List.of(
                "-chardev",
                "socket,id=console,server=on,wait=off,path=" + escaped(files.console()) + ",logappend=on,logfile="
                        + escaped(files.log()),
                "-serial",
                "chardev:console",
                "-qmp",
                "unix:" + escaped(files.monitor()) + ",server=on,wait=off"));
        for (var vif : guest.vifs()) {
            words.addAll(List.of("-netdev", Json.text(backend(vif)), "-device", Json.text(device(vif))));
        }
        return words;
    }

    /** A drive whose files are those of a directory, labelled as guests look for it. */
    static List<String> configDrive(Path directory) {
        return List.of(
                "-blockdev",
                Json.text(Json.object()
                        .put("driver", "vvfat")
                        .put("node-name", "config")
                        .put("dir", directory.toString())
                        .put("label", "config-2")
                        .put("read-only", true)),
                "-device",
                "virtio-blk-pci,drive=config");
    }

    /** A guest that says that it runs, and ends. */
    static List<String> trial(GuestImage image, Accelerator accelerator) {
        var words = machine(image, accelerator, MOST_MEMORY, " isospin.trial");
        words.addAll(List.of("-serial", "stdio"));
        return words;
    }

    private static List<String> machine(GuestImage image, Accelerator accelerator, int memory, String more) {
        var words = machine(accelerator, memory);
        words.addAll(List.of(
                "-kernel",
                image.kernel().toString(),
                "-initrd",
                image.initramfs().toString(),
                "-append",
                KERNEL_OPTIONS + more));
        return words;
    }

    private static List<String> machine(Accelerator accelerator, int memory) {
        return new ArrayList<>(List.of(
                PROGRAM,
                "-nodefaults",
                "-no-user-config",
                "-display",
                "none",
                "-machine",
                "pc,usb=off,vmport=off",
                "-accel",
                accelerator.option(),
                "-cpu",
                accelerator.processor(),
                "-m",
                memory + "M"));
    }

    static String backendId(Vif vif) {
        return "net-" + vif.tap();
    }

    static String deviceId(Vif vif) {
        return "nic-" + vif.tap();
    }

    /** The host's end of an interface: its tap, which is there already. */
    static ObjectNode backend(Vif vif) {
        return Json.object()
                .put("type", "tap")
                .put("id", backendId(vif))
                .put("ifname", vif.tap().value())
                .put("script", "no")
                .put("downscript", "no");
    }

    /** The guest's end of an interface. */
    static ObjectNode device(Vif vif) {
        return Json.object()
                .put("driver", "virtio-net-pci")
                .put("id", deviceId(vif))
                .put("netdev", backendId(vif))
                .put("mac", vif.mac().toString())
                .put("host_mtu", vif.mtu())
                // Nothing boots from it, and its ROM takes time to look at.
                .put("romfile", "");
    }

    private static String escaped(Path path) {
        return path.toString().replace(",", ",,");
    }
}
