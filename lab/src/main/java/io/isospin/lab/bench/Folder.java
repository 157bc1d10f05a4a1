package io.isospin.lab.bench;

import io.isospin.lab.host.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that goes with the benchmark. */
record Folder(Path path) implements AutoCloseable {
    static Folder make() throws IOException {
        return new Folder(Files.createTempDirectory("isospin-bench"));
    }

    @Override
    public void close() throws IOException {
        FileTree.remove(path);
    }
}
