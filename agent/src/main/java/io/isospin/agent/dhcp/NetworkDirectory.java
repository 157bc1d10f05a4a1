package io.isospin.agent.dhcp;

import io.isospin.core.net.ResourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One network's files in {@code $state_path/dhcp/<network>}, under the names that Neutron's operators know. */
record NetworkDirectory(Path path) {
    static NetworkDirectory of(Path directory, ResourceId network) {
        return new NetworkDirectory(directory.resolve(network.value()));
    }

    Path host() {
        return path.resolve("host");
    }

    Path names() {
        return path.resolve("addn_hosts");
    }

    Path opts() {
        return path.resolve("opts");
    }

    Path leases() {
        return path.resolve("leases");
    }

    Path pid() {
        return path.resolve("pid");
    }

    Path interfaceName() {
        return path.resolve("interface");
    }

    Path log() {
        return path.resolve("dnsmasq.log");
    }

    /** Makes the directory where there is none; dnsmasq reads it after giving up root. */
    void create() {
        try {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException("creating " + path + " for dnsmasq's files: " + e, e);
        }
    }

    /** Gives a file this content in one step, unless it has it; answers whether it was changed. */
    static boolean write(Path file, String content) {
        try {
            if (read(file).filter(content::equals).isPresent()) {
                return false;
            }
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, content);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file + ": " + e, e);
        }
    }

    static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file + ": " + e, e);
        }
    }

    /** The process id that dnsmasq has written, if it has. */
    Optional<Long> processId() {
        return read(pid())
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::valueOf);
    }

    void delete() {
        if (!Files.exists(path)) {
            return;
        }
        try (var tree = Files.walk(path)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("removing " + path + ": " + e, e);
        }
    }
}
