package io.isospin.server.policy;

import io.isospin.core.config.ConfigException;
import io.isospin.core.config.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The operator's policy files, and the rules in force with them. They are read again when they change. */
final class PolicyFiles {
    private static final System.Logger LOG = System.getLogger(PolicyFiles.class.getName());

    private final PolicySettings settings;
    private volatile Loaded loaded;

    /** @throws ConfigException with everything that is wrong in the files */
    PolicyFiles(PolicySettings settings) {
        this.settings = settings;
        var files = files();
        this.loaded = new Loaded(files, state(files), load(files));
    }

    private record Loaded(List<Path> files, Map<Path, State> state, Rules rules) {}

    /**
     * What tells that a file was written anew, or a folder has got or lost a file.
     *
     * @param modified in milliseconds, 0 of what is not there
     * @param size in bytes
     */
    private record State(long modified, long size) {
        static State of(Path path) {
            // The old interface throws nothing for a file that is not there, which is the usual case.
            var file = path.toFile();
            return new State(file.lastModified(), file.length());
        }
    }

    /** The rules as they were read last. */
    Rules rules() {
        return loaded.rules();
    }

    /**
     * The rules as the files have them now. Files that have become wrong are logged, and the rules stay as they were. Each file
     * costs two looks at its inode, so this is for once in a request.
     */
    Rules look() {
        var now = loaded;
        if (state(now.files()).equals(now.state())) {
            return now.rules();
        }
        synchronized (this) {
            var files = files();
            var state = state(files);
            if (!state.equals(loaded.state())) {
                loaded = new Loaded(files, state, reload(files, loaded.rules()));
            }
            return loaded.rules();
        }
    }

    private Rules reload(List<Path> files, Rules before) {
        try {
            var rules = load(files);
            LOG.log(Level.INFO, "the policy files were read again: {0}", files);
            return rules;
        } catch (ConfigException e) {
            LOG.log(
                    Level.ERROR,
                    "the policy files have changed and cannot be used, so the rules stay: " + e.getMessage());
            return before;
        }
    }

    private List<Path> files() {
        var files = new ArrayList<Path>();
        if (Files.isRegularFile(settings.file())) {
            files.add(settings.file());
        }
        settings.folders().forEach(folder -> files.addAll(inFolder(folder)));
        return files;
    }

    private static List<Path> inFolder(Path folder) {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> Files.isRegularFile(file)
                            && !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /** The state of the files that are there, and of where others may come. */
    private Map<Path, State> state(List<Path> files) {
        var state = new HashMap<Path, State>();
        state.put(settings.file(), State.of(settings.file()));
        settings.folders().forEach(folder -> state.put(folder, State.of(folder)));
        files.forEach(file -> state.put(file, State.of(file)));
        return state;
    }

    private Rules load(List<Path> files) {
        var faults = new ArrayList<Fault>();
        var checks = new LinkedHashMap<String, Check>();
        var origins = new LinkedHashMap<String, Path>();
        for (var file : files) {
            read(file, faults).properties().forEach(rule -> {
                try {
                    checks.put(rule.getKey(), RuleParser.parse(rule.getValue()));
                    origins.put(rule.getKey(), file);
                } catch (MalformedRule e) {
                    faults.add(fault(file, rule.getKey(), e));
                }
            });
        }
        var rules = Rules.of(checks, settings);
        origins.forEach((name, file) -> {
            try {
                rules.refuseCircles(name);
            } catch (MalformedRule e) {
                faults.add(fault(file, name, e));
            }
        });
        if (!faults.isEmpty()) {
            throw new ConfigException(faults);
        }
        return rules;
    }

    private static Fault fault(Path file, String rule, MalformedRule problem) {
        return new Fault(
                file.toString(),
                "the rule \"" + rule + "\" cannot be understood: " + problem.getMessage(),
                "Mend it, or remove it so that Neutron's default holds");
    }

    private static JsonNode read(Path file, List<Fault> faults) {
        try {
            // JSON is YAML.
            var tree = new YAMLMapper().readTree(Files.readString(file));
            if (tree == null || tree.isNull() || tree.isMissingNode() || tree.isObject()) {
                return tree == null ? new YAMLMapper().createObjectNode() : tree;
            }
            faults.add(
                    new Fault(file.toString(), "it is no list of rules", "Write a line \"NAME\": \"RULE\" for each"));
        } catch (IOException e) {
            faults.add(new Fault(file.toString(), "it cannot be read: " + e, "Let the server's user read it"));
        } catch (JacksonException e) {
            var at = e.getLocation();
            faults.add(new Fault(
                    file.toString(),
                    "it is not YAML" + (at == null ? "" : ", line " + at.getLineNr()) + ": " + e.getOriginalMessage(),
                    "Write a line \"NAME\": \"RULE\" for each"));
        }
        return new YAMLMapper().createObjectNode();
    }
}
