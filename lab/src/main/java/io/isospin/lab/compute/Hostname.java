package io.isospin.lab.compute;

import java.util.Locale;

/** The name that an instance gives itself. */
final class Hostname {
    private Hostname() {}

    static boolean valid(String name) {
        return name.matches("[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");
    }

    /** What is left of a display name when only what a host name may hold is kept (RFC 1123, 63 characters). */
    static String of(String displayName, String fallback) {
        String name = displayName
                .toLowerCase(Locale.ROOT)
                .replaceAll("[ _.]+", "-")
                .replaceAll("[^a-z0-9-]", "")
                .replaceAll("^-+", "");
        name = name.substring(0, Math.min(63, name.length())).replaceAll("-+$", "");
        return name.isEmpty() ? fallback : name;
    }
}
