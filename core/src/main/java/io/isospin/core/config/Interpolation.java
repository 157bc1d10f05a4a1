package io.isospin.core.config;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code $name}, {@code ${name}} and {@code ${section.name}} as oslo.config does: a name without a section is
 * looked for in the value's own section, then in DEFAULT. {@code $$} and {@code \$} stand for a dollar.
 */
final class Interpolation {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$|\\\\\\$|\\$\\{([\\w.-]+)}|\\$([A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)?)");

    /** Finds what a reference stands for, as it is written in the file. */
    interface Lookup {
        Optional<String> raw(String section, String key);
    }

    /** A reference leads nowhere, or back to itself. */
    static final class Broken extends Exception {
        Broken(String message) {
            super(message);
        }
    }

    private final Lookup lookup;

    Interpolation(Lookup lookup) {
        this.lookup = lookup;
    }

    String resolve(String section, String key, String value) throws Broken {
        var open = new HashSet<String>();
        open.add(section + "." + key);
        return resolve(section, value, open);
    }

    private String resolve(String section, String value, Set<String> open) throws Broken {
        if (value.indexOf('$') < 0) {
            return value;
        }
        var out = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(value);
        while (matcher.find()) {
            String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            String replacement = name == null ? "$" : referred(section, name, open);
            matcher.appendReplacement(out, Matcher.quoteReplacement(replacement));
        }
        return matcher.appendTail(out).toString();
    }

    private String referred(String section, String name, Set<String> open) throws Broken {
        int dot = name.indexOf('.');
        String ofSection = dot < 0 ? section : name.substring(0, dot);
        String ofKey = name.substring(dot + 1);
        Optional<String> found = lookup.raw(ofSection, ofKey);
        if (found.isEmpty() && dot < 0) {
            ofSection = "DEFAULT";
            found = lookup.raw(ofSection, ofKey);
        }
        if (found.isEmpty()) {
            throw new Broken("it refers to $" + name + ", which is set nowhere");
        }
        String id = ofSection + "." + ofKey;
        if (!open.add(id)) {
            throw new Broken("it refers to itself through $" + name);
        }
        String resolved = resolve(ofSection, found.get(), open);
        open.remove(id);
        return resolved;
    }
}
