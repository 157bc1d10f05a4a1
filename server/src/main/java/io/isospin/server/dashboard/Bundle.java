package io.isospin.server.dashboard;

import io.isospin.server.api.Gzip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All files of the pages, read off the class path when a browser first asks, with one name for what they all hold. */
final class Bundle {
    private static final String HOME = "/io/isospin/server/dashboard/";
    static final String INDEX = "index.html";
    /** What others made, out of their jars, under the names by which index.html's import map knows them. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "lib/preact.js", "/META-INF/resources/webjars/preact/10.26.4/dist/preact.module.js",
            "lib/hooks.js", "/META-INF/resources/webjars/preact/10.26.4/hooks/dist/hooks.module.js",
            "lib/htm.js", "/META-INF/resources/_static/htm/3.1.1/dist/htm.module.js");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=UTF-8",
            "js", "text/javascript; charset=UTF-8",
            "css", "text/css; charset=UTF-8",
            "json", "application/json",
            "svg", "image/svg+xml");
    private static final int VERSION_BYTES = 8;

    private final Map<String, Item> items = new TreeMap<>();
    private final String version;

    private Bundle(Map<String, byte[]> files) {
        var digest = sha256();
        files.forEach((name, bytes) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
            items.put(name, new Item(type(name), bytes, Gzip.of(bytes)));
        });
        version = HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
    }

    /** One file as it is sent. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares two.
    record Item(String type, byte[] plain, byte[] gzip) {}

    static Bundle read() {
        var files = new TreeMap<String, byte[]>();
        LIBRARIES.forEach((name, resource) -> files.put(name, bytes(resource(resource))));
        try {
            ours(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return new Bundle(files);
    }

    /** From a folder of classes, or from the jar: what stands beside index.html. */
    private static void ours(Map<String, byte[]> files) throws IOException, URISyntaxException {
        var index = resource(HOME + INDEX);
        if (index.openConnection() instanceof JarURLConnection connection) {
            String home = HOME.substring(1);
            var jar = connection.getJarFile();
            jar.stream()
                    .filter(entry -> entry.getName().startsWith(home) && isServed(entry.getName()))
                    .forEach(entry -> files.put(
                            entry.getName().substring(home.length()), bytes(resource("/" + entry.getName()))));
            return;
        }
        Path home = Path.of(new URI(index.toString())).resolveSibling("");
        try (var all = Files.walk(home)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                if (isServed(file.toString())) {
                    files.put(home.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }
    }

    private static boolean isServed(String name) {
        return TYPES.containsKey(ending(name));
    }

    private static String type(String name) {
        return TYPES.getOrDefault(ending(name), "application/octet-stream");
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static URL resource(String name) {
        var found = Bundle.class.getResource(name);
        if (found == null) {
            throw new IllegalStateException(name + " is not on the class path");
        }
        return found;
    }

    private static byte[] bytes(URL resource) {
        try (InputStream in = resource.openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** As a content security policy names an inline script. */
    static String hash(String script) {
        return "'sha256-" + Base64.getEncoder().encodeToString(sha256().digest(script.getBytes(StandardCharsets.UTF_8)))
                + "'";
    }

    /** Other files, another version. */
    String version() {
        return version;
    }

    List<String> names() {
        return List.copyOf(items.keySet());
    }

    /** Null where there is none of that name. */
    @Nullable
    Item item(String name) {
        return items.get(name);
    }
}
