package io.isospin.lab.shelf;

import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A directory for each kind, and in it a file for each document. A file that is no JSON is told of and passed over. */
public final class FileShelf implements Shelf {
    private static final System.Logger LOG = System.getLogger(FileShelf.class.getName());
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private final Path directory;

    public FileShelf(Path directory) {
        this.directory = directory;
    }

    @Override
    public void put(String kind, String id, ObjectNode document) {
        Path file = file(kind, id);
        try {
            Files.createDirectories(file.getParent());
            Path temporary = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(temporary, Json.pretty(document));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("keeping " + id + " in " + directory.resolve(kind), e);
        }
    }

    @Override
    public void remove(String kind, String id) {
        try {
            Files.deleteIfExists(file(kind, id));
        } catch (IOException e) {
            throw new UncheckedIOException("forgetting " + id + " in " + directory.resolve(kind), e);
        }
    }

    @Override
    public List<JsonNode> all(String kind) {
        Path folder = directory.resolve(kind);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .flatMap(FileShelf::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("listing what is kept in " + folder, e);
        }
    }

    private static Stream<JsonNode> read(Path file) {
        try {
            return Stream.of(Json.parse(Files.readString(file)));
        } catch (IOException | Refusal e) {
            LOG.log(Level.WARNING, "what is kept in {0} is passed over: {1}", file, e.toString());
            return Stream.empty();
        }
    }

    // Users choose some of the ids, such as the names of key pairs: not all make names of files.
    private Path file(String kind, String id) {
        String name = FILE_NAME.matcher(id).matches() ? id : digest(id);
        return directory.resolve(kind).resolve(name + ".json");
    }

    private static String digest(String id) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
