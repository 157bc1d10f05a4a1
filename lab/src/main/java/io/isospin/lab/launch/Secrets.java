package io.isospin.lab.launch;

import io.isospin.lab.host.LabException;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Passwords and the agents' secret, made up at the first start and kept in a file that only its owner reads: the lab's
 * ports are open to every user of the machine.
 */
record Secrets(Map<String, String> values) {
    private static final List<String> NAMES = List.of("admin", "demo", "neutron", "nova", "agent", "metadata");

    static Secrets load(Path file) {
        var values = new LinkedHashMap<String, String>();
        try {
            if (Files.exists(file)) {
                Json.parse(Files.readString(file))
                        .propertyStream()
                        .forEach(entry ->
                                values.put(entry.getKey(), entry.getValue().asString("")));
            }
            if (!values.keySet().containsAll(NAMES)) {
                NAMES.forEach(name -> values.computeIfAbsent(name, key -> random()));
                writePrivately(file, Json.pretty(Json.map(values)));
            }
        } catch (IOException e) {
            throw new LabException("The lab's passwords cannot be kept in " + file + ": " + e, e);
        } catch (Refusal e) {
            throw new LabException(
                    "The lab's passwords in " + file + " are not what the lab wrote; remove the file and start again.",
                    e);
        }
        return new Secrets(Map.copyOf(values));
    }

    String of(String name) {
        return values.getOrDefault(name, "");
    }

    /** Writes a file that only its owner reads, never with other rights for a moment. */
    static void writePrivately(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    /** Gives a file to the user who called sudo, where this was started so. */
    static void giveToCaller(Path file) throws IOException {
        String uid = System.getenv("SUDO_UID");
        if (uid != null && uid.matches("\\d{1,9}")) {
            Files.setAttribute(file, "unix:uid", Integer.parseInt(uid));
        }
    }

    private static String random() {
        byte[] bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
