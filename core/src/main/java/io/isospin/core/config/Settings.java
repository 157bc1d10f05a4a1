package io.isospin.core.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The settings of one process, from files in which the later win. A value that is wrong is remembered, its default
 * is returned in its place, and {@link #check} reports all that is wrong at once. Not for use by several threads.
 */
public final class Settings {
    public static final String DEFAULT = "DEFAULT";

    private record Key(String section, String name) {}

    private final List<Path> files;
    private final Map<Key, List<Entry>> entries = new LinkedHashMap<>();
    private final List<Entry> all = new ArrayList<>();
    private final Map<Key, Key> oldNames = new LinkedHashMap<>();
    private final Map<Key, String> wellKnown = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Set<Key> asked = new HashSet<>();
    private final Set<Key> repeated = new HashSet<>();

    private Settings(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /** Reads the files in order. Faults of the files are kept for {@link #check}. */
    public static Settings read(List<Path> files) {
        var settings = new Settings(files);
        for (Path file : files) {
            settings.add(OsloFile.read(file, settings.faults));
        }
        return settings;
    }

    private void add(List<Entry> read) {
        for (Entry entry : read) {
            all.add(entry);
            entries.computeIfAbsent(new Key(entry.section(), entry.key()), _ -> new ArrayList<>())
                    .add(entry);
        }
    }

    /** A value that {@code $key} stands for where no file sets it, such as DEFAULT's state_path. */
    public Settings wellKnown(String section, String key, String value) {
        wellKnown.put(new Key(section, key), value);
        return this;
    }

    /** Takes the value of a name that the option had in earlier releases, where the present one is not set. */
    public Settings renamed(String section, String key, String oldSection, String oldKey) {
        oldNames.put(new Key(section, key), new Key(oldSection, oldKey));
        return this;
    }

    /** The files that were read, in order. */
    public List<Path> files() {
        return files;
    }

    public boolean isSet(String section, String key) {
        return entry(section, key).isPresent();
    }

    public String text(String section, String key, String defaultValue) {
        return optional(section, key).orElse(defaultValue);
    }

    public Optional<String> optional(String section, String key) {
        return entry(section, key).flatMap(this::resolved);
    }

    /** The value as {@code reader} understands it. It throws IllegalArgumentException with what would be right. */
    public <T> T value(String section, String key, T defaultValue, Function<String, T> reader) {
        Optional<String> text = optional(section, key);
        if (text.isEmpty()) {
            return defaultValue;
        }
        try {
            return reader.apply(text.get());
        } catch (IllegalArgumentException e) {
            fault(section, key, "'" + text.get() + "' is not a value for it", String.valueOf(e.getMessage()));
            return defaultValue;
        }
    }

    /** Items between commas, spaces around them dropped, empty ones left out. */
    public List<String> list(String section, String key, List<String> defaultValue) {
        return optional(section, key).map(Settings::items).orElse(defaultValue);
    }

    /** Every value given to the key, in order; for options that may be repeated. */
    public List<String> multi(String section, String key) {
        Key wanted = new Key(section, key);
        asked.add(wanted);
        repeated.add(wanted);
        return entries.getOrDefault(wanted, List.of()).stream()
                .flatMap(entry -> resolved(entry).stream())
                .toList();
    }

    /** Both bounds belong to the range. */
    public int integer(String section, String key, int defaultValue, int min, int max) {
        return value(section, key, defaultValue, text -> {
            String mend = "Write a whole number from " + min + " to " + max;
            try {
                int number = Integer.parseInt(text);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(mend, e);
            }
            throw new IllegalArgumentException(mend);
        });
    }

    public boolean bool(String section, String key, boolean defaultValue) {
        return value(section, key, defaultValue, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "on", "yes" -> true;
            case "false", "0", "off", "no" -> false;
            default -> throw new IllegalArgumentException("Write true or false");
        });
    }

    public String choice(String section, String key, String defaultValue, Collection<String> choices) {
        return value(section, key, defaultValue, text -> {
            if (choices.contains(text)) {
                return text;
            }
            throw new IllegalArgumentException("Write one of " + String.join(", ", choices));
        });
    }

    /** {@code a:x,b:y} as a map in that order; names may not repeat. Text after the first colon is the value. */
    public Map<String, String> map(String section, String key) {
        return value(section, key, Map.of(), text -> {
            var map = new LinkedHashMap<String, String>();
            for (String item : items(text)) {
                int colon = item.indexOf(':');
                String name = item.substring(0, Math.max(colon, 0)).strip();
                String value = item.substring(colon + 1).strip();
                if (name.isEmpty() || value.isEmpty()) {
                    throw new IllegalArgumentException("Write name:value, separated by commas; '" + item + "' isn't");
                }
                if (map.putIfAbsent(name, value) != null) {
                    throw new IllegalArgumentException("Name '" + name + "' once only");
                }
            }
            return map;
        });
    }

    /** Records a fault of a setting that only its user can see, such as an interface that the host does not have. */
    public void fault(String section, String key, String problem, String mend) {
        faults.add(new Fault(where(section, key), "[" + section + "] " + key + ": " + problem, mend));
    }

    /** The file and line that set the key, or the files that might. */
    public String where(String section, String key) {
        return entry(section, key)
                .map(Entry::where)
                .orElseGet(() -> files.isEmpty()
                        ? "no configuration file"
                        : files.stream().map(Path::toString).collect(Collectors.joining(", ")));
    }

    /** Throws what was wrong in the files and in the values asked for since. */
    public void check() {
        if (!faults.isEmpty()) {
            throw new ConfigException(faults.stream().distinct().toList());
        }
    }

    /** All assignments in the order of the files. */
    List<Entry> entries() {
        return all;
    }

    /** What was found wrong so far. */
    List<Fault> faults() {
        return faults.stream().distinct().toList();
    }

    /** Whether the program has asked for what an assignment sets. */
    boolean wasAsked(Entry entry) {
        return asked.contains(new Key(entry.section(), entry.key()));
    }

    /** Whether no later assignment takes its place. */
    boolean isLast(Entry entry) {
        Key key = new Key(entry.section(), entry.key());
        return repeated.contains(key)
                || entries.getOrDefault(key, List.of(entry)).getLast().equals(entry);
    }

    private Optional<Entry> entry(String section, String key) {
        Key wanted = new Key(section, key);
        List<Entry> found = entries.get(wanted);
        asked.add(wanted);
        if (found == null && oldNames.containsKey(wanted)) {
            Key old = oldNames.get(wanted);
            asked.add(old);
            found = entries.get(old);
        }
        return found == null ? Optional.empty() : Optional.of(found.getLast());
    }

    private Optional<String> resolved(Entry entry) {
        try {
            return Optional.of(new Interpolation(this::raw).resolve(entry.section(), entry.key(), entry.value()));
        } catch (Interpolation.Broken e) {
            faults.add(new Fault(
                    entry.where(),
                    "[" + entry.section() + "] " + entry.key() + ": " + e.getMessage(),
                    "Set what it names, or write $$ for a dollar"));
            return Optional.empty();
        }
    }

    private Optional<String> raw(String section, String key) {
        return entry(section, key)
                .map(Entry::value)
                .or(() -> Optional.ofNullable(wellKnown.get(new Key(section, key))));
    }

    private static List<String> items(String text) {
        return Arrays.stream(text.split("[,\n]"))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
