package io.isospin.core.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one file in oslo.config's format: {@code [section]} lines, {@code key = value} or {@code key: value}, indented
 * lines that go on with the value above until an empty line, comments after {@code #} or {@code ;} at a line's start.
 * A value in quotes loses them. A comment inside of a continued value is skipped, where oslo would take it as text.
 */
final class OsloFile {
    private final Path file;
    private final List<Fault> faults;
    private final List<Entry> entries = new ArrayList<>();
    private String section = "";
    private String key = "";
    private final List<String> value = new ArrayList<>();
    private int keyLine;

    private OsloFile(Path file, List<Fault> faults) {
        this.file = file;
        this.faults = faults;
    }

    /** The file's assignments in order; what can't be read is added to {@code faults} and left out. */
    static List<Entry> read(Path file, List<Fault> faults) {
        try {
            return parse(file, Files.readAllLines(file), faults);
        } catch (IOException e) {
            faults.add(unreadable(file, e));
            return List.of();
        }
    }

    private static Fault unreadable(Path file, IOException e) {
        String where = file.toString();
        return switch (e) {
            case NoSuchFileException _ ->
                new Fault(where, "there is no such configuration file", "Create it, or correct --config-file");
            case AccessDeniedException _ ->
                new Fault(
                        where,
                        "the configuration file may not be read by this user",
                        "Change its owner or mode, or run as root");
            case MalformedInputException _ ->
                new Fault(where, "the configuration file is not UTF-8 text", "Save it as UTF-8");
            default -> new Fault(where, "the configuration file can't be read: " + e, "Correct --config-file");
        };
    }

    static List<Entry> parse(Path file, List<String> lines, List<Fault> faults) {
        var parser = new OsloFile(file, faults);
        for (int i = 0; i < lines.size(); i++) {
            parser.line(i + 1, lines.get(i).stripTrailing());
        }
        parser.flush();
        return parser.entries;
    }

    private void line(int number, String line) {
        if (line.isEmpty()) {
            flush();
            return;
        }
        String text = line.strip();
        if (text.startsWith("#") || text.startsWith(";")) {
            return;
        }
        if (Character.isWhitespace(line.charAt(0))) {
            if (key.isEmpty()) {
                fault(number, "an indented line that continues nothing: '" + text + "'", "Remove its indentation");
            } else {
                value.add(text);
            }
            return;
        }
        flush();
        if (line.charAt(0) == '[') {
            section(number, line);
        } else {
            assignment(number, line);
        }
    }

    private void section(int number, String line) {
        int end = line.indexOf(']');
        if (end < 0) {
            fault(number, "the section '" + line + "' has no closing bracket", "Write [name]");
        } else if (end == 1) {
            fault(number, "a section without a name", "Write [name]");
        } else {
            section = line.substring(1, end).strip();
        }
    }

    private void assignment(int number, String line) {
        int equals = line.indexOf('=');
        int colon = line.indexOf(':');
        int at = equals < 0 ? colon : colon < 0 ? equals : Math.min(equals, colon);
        if (at < 0) {
            fault(number, "'" + line + "' is neither a section, nor key = value, nor a comment", "Write key = value");
        } else if (at == 0) {
            fault(number, "'" + line + "' has no key", "Write key = value");
        } else if (section.isEmpty()) {
            fault(number, "'" + line + "' stands above the first section", "Put [DEFAULT] above it");
        } else {
            key = line.substring(0, at).strip();
            value.add(line.substring(at + 1).strip());
            keyLine = number;
        }
    }

    private void flush() {
        if (!key.isEmpty()) {
            String joined = String.join("\n", value).strip();
            entries.add(new Entry(section, key, unquote(joined), file, keyLine));
            key = "";
            value.clear();
        }
    }

    private static String unquote(String text) {
        int last = text.length() - 1;
        boolean quoted =
                last > 0 && text.charAt(0) == text.charAt(last) && (text.charAt(0) == '"' || text.charAt(0) == '\'');
        return quoted ? text.substring(1, last) : text;
    }

    private void fault(int number, String problem, String mend) {
        faults.add(new Fault(file + ":" + number, problem, mend));
    }
}
