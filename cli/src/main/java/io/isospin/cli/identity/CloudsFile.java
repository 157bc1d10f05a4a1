package io.isospin.cli.identity;

import io.isospin.cli.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * One cloud of a clouds.yaml, and of the secure.yaml beside it. They are looked for where openstacksdk does: the file
 * that OS_CLIENT_CONFIG_FILE names, then the working directory, ~/.config/openstack and /etc/openstack.
 */
record CloudsFile(Path path, Map<String, String> values) {

    static CloudsFile named(String cloud, Map<String, String> environment) {
        var path = find("clouds", environment)
                .orElseThrow(() -> new Failure("Cloud " + cloud + ", of OS_CLOUD or --os-cloud, can't be looked up: "
                        + "there is no " + places("clouds", environment).getFirst() + ", nor a clouds.yaml in "
                        + "~/.config/openstack or /etc/openstack. Write one, or unset OS_CLOUD."));
        var clouds = read(path).path("clouds");
        if (!clouds.has(cloud)) {
            throw new Failure("There is no cloud " + cloud + ", of OS_CLOUD or --os-cloud, in " + path + "; it has "
                    + (clouds.isEmpty() ? "none" : String.join(", ", clouds.propertyNames())) + ".");
        }
        return of(path, cloud, clouds.path(cloud), environment);
    }

    /** The cloud of a file that has one alone. */
    static Optional<CloudsFile> only(Map<String, String> environment) {
        return find("clouds", environment).flatMap(path -> {
            var clouds = read(path).path("clouds");
            return clouds.size() == 1
                    ? clouds.propertyNames().stream()
                            .findFirst()
                            .map(name -> of(path, name, clouds.path(name), environment))
                    : Optional.empty();
        });
    }

    private static CloudsFile of(Path path, String name, JsonNode cloud, Map<String, String> environment) {
        var values = new HashMap<String, String>();
        gather(cloud, values);
        find("secure", environment)
                .ifPresent(secure -> gather(read(secure).path("clouds").path(name), values));
        return new CloudsFile(path, values);
    }

    private static void gather(JsonNode cloud, Map<String, String> values) {
        cloud.properties().forEach(entry -> keep(entry, values));
        cloud.path("auth").properties().forEach(entry -> keep(entry, values));
        var endpoint = cloud.path("network_endpoint_override");
        if (endpoint.isString()) {
            values.put("endpoint_override", endpoint.stringValue());
        }
        if (cloud.has("verify") && !cloud.path("verify").asBoolean(true)) {
            values.put("insecure", "true");
        }
    }

    private static void keep(Map.Entry<String, JsonNode> entry, Map<String, String> values) {
        if (entry.getValue().isValueNode() && Identity.NAMES.contains(entry.getKey())) {
            values.put(entry.getKey(), entry.getValue().asString(""));
        }
    }

    private static JsonNode read(Path path) {
        try {
            var tree = new YAMLMapper().readTree(Files.readString(path));
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (IOException e) {
            throw new Failure("Cannot read " + path + ": " + e.getMessage());
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new Failure(path + " is not YAML" + (at == null ? "" : ", line " + at.getLineNr()) + ": "
                    + e.getOriginalMessage());
        }
    }

    private static Optional<Path> find(String name, Map<String, String> environment) {
        return places(name, environment).stream().filter(Files::isRegularFile).findFirst();
    }

    private static List<Path> places(String name, Map<String, String> environment) {
        var places = new ArrayList<Path>();
        String named =
                environment.getOrDefault(name.equals("clouds") ? "OS_CLIENT_CONFIG_FILE" : "OS_CLIENT_SECURE_FILE", "");
        if (!named.isEmpty()) {
            places.add(Path.of(named));
        }
        String home = environment.getOrDefault("HOME", "/root");
        String config = environment.getOrDefault("XDG_CONFIG_HOME", home + "/.config");
        for (var folder : List.of("", config + "/openstack", "/etc/openstack")) {
            for (var ending : List.of(".yaml", ".yml", ".json")) {
                places.add(Path.of(folder, name + ending));
            }
        }
        return places;
    }
}
