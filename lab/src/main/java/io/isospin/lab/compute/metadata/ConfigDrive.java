package io.isospin.lab.compute.metadata;

import io.isospin.lab.compute.Instance;
import io.isospin.lab.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What an instance finds on a drive labelled {@code config-2} where it was booted with one. */
public final class ConfigDrive {
    private static final String FOLDER = "openstack/latest/";

    private ConfigDrive() {}

    /** The drive's files by their path. */
    public static Map<String, byte[]> files(Instance instance) {
        var settings = instance.guest().settings();
        var files = new TreeMap<String, byte[]>();
        files.put(FOLDER + "meta_data.json", bytes(OpenStackMetadata.metaData(instance, settings)));
        files.put(FOLDER + "network_data.json", bytes(OpenStackMetadata.networkData(instance)));
        files.put(FOLDER + "vendor_data.json", bytes(Json.object()));
        String userData = settings.userData();
        if (userData != null) {
            files.put(FOLDER + "user_data", Base64.getMimeDecoder().decode(userData));
        }
        return files;
    }

    private static byte[] bytes(JsonNode node) {
        return Json.text(node).getBytes(StandardCharsets.UTF_8);
    }
}
