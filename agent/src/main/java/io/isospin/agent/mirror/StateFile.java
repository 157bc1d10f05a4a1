package io.isospin.agent.mirror;

import io.isospin.core.host.HostJson;
import io.isospin.core.host.HostState;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The last state on disk, from which an agent starts while no server answers. It may lag behind: a server sends again
 * what came after its revision.
 */
public final class StateFile {
    private static final System.Logger LOG = System.getLogger(StateFile.class.getName());
    private final Path file;

    public StateFile(Path statePath) {
        this.file = statePath.resolve("isospin").resolve("host-state.json");
    }

    /** The state that was saved last; an empty one where there is none, or none that can be read. */
    public HostState load() {
        try {
            return HostJson.hostState(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return HostState.EMPTY;
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(
                    Level.WARNING,
                    "{0} can''t be read ({1}); starting without it, and nothing is removed until a server answers",
                    file,
                    e.getMessage());
            return HostState.EMPTY;
        }
    }

    /** Replaces the file by one rename, so that a crash leaves the old state or the new one. */
    public void save(HostState state) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling("host-state.json.new");
        Files.write(fresh, HostJson.bytes(state));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
