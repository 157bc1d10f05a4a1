package io.isospin.server.policy;

import io.isospin.core.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code [oslo_policy]}.
 *
 * @param file the policy file, there or not
 * @param folders of more policy files, in whose order the later win
 */
record PolicySettings(
        Path file, List<Path> folders, boolean enforceScope, boolean enforceNewDefaults, String defaultRule) {
    private static final String SECTION = "oslo_policy";
    private static final String FILE = "policy.yaml";
    /** What the file was called before; it is still looked for where nobody says otherwise. */
    private static final String OLD_FILE = "policy.json";

    static PolicySettings of(Settings settings) {
        String name = settings.text(SECTION, "policy_file", FILE);
        var file = find(settings, name);
        if (file.isEmpty() && !settings.isSet(SECTION, "policy_file")) {
            file = find(settings, OLD_FILE);
        }
        var folders =
                settings.isSet(SECTION, "policy_dirs") ? settings.multi(SECTION, "policy_dirs") : List.of("policy.d");
        return new PolicySettings(
                file.orElse(places(settings, name).getFirst()),
                folders.stream()
                        .flatMap(folder -> find(settings, folder).stream())
                        .toList(),
                settings.bool(SECTION, "enforce_scope", false),
                settings.bool(SECTION, "enforce_new_defaults", false),
                settings.text(SECTION, "policy_default_rule", "default"));
    }

    private static Optional<Path> find(Settings settings, String name) {
        return places(settings, name).stream().filter(Files::exists).findFirst();
    }

    /** Where oslo.config looks for a file: beside the configuration's files, the last first, then where Neutron's are. */
    private static List<Path> places(Settings settings, String name) {
        var places = new ArrayList<Path>();
        for (var file : settings.files().reversed()) {
            places.add(file.toAbsolutePath().resolveSibling(name));
        }
        places.add(Path.of("/etc/neutron").resolve(name));
        return places;
    }
}
