package io.isospin.lab.host;

import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What a lab has made or is about to make, written before it makes it.
 *
 * @param netnsMount whether the lab turned /run/netns into a mount, so that it must turn it back
 */
public record LabRecord(ProcessId lab, List<String> namespaces, boolean netnsMount) {

    private static Path file(LabPlan plan) {
        return plan.run().resolve("lab.json");
    }

    public static Optional<LabRecord> read(LabPlan plan) {
        try {
            var node = Json.parse(Files.readString(file(plan)));
            return Optional.of(new LabRecord(
                    new ProcessId(
                            node.path("pid").asLong(0), node.path("started").asLong(0)),
                    node.path("namespaces")
                            .valueStream()
                            .map(name -> name.asString(""))
                            .toList(),
                    node.path("netns_mount").asBoolean(false)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new LabException("The lab's record cannot be read: " + e, e);
        } catch (Refusal e) {
            throw new LabException(
                    "The lab's record " + file(plan) + " is not what a lab wrote: " + e.message()
                            + " Stop what may be left of the lab by hand, and remove the file.",
                    e);
        }
    }

    public void write(LabPlan plan) {
        var node = Json.object()
                .put("pid", lab.pid())
                .put("started", lab.started())
                .put("netns_mount", netnsMount);
        node.set("namespaces", Json.strings(namespaces));
        try {
            Files.createDirectories(plan.run());
            Path temporary = plan.run().resolve("lab.json.new");
            Files.writeString(temporary, Json.pretty(node));
            Files.move(temporary, file(plan), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LabException("The lab's record cannot be written: " + e, e);
        }
    }
}
