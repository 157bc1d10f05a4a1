package io.isospin.cli.identity;

import io.isospin.cli.grammar.Parsed;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who the user is, as told: an option first; then the cloud that is chosen in a clouds.yaml, or the {@code OS_}
 * variables where none is.
 *
 * @param values by their names in clouds.yaml's {@code auth}, with {@code region_name}, {@code interface} and so on
 * @param source where most of it comes from, for messages
 */
public record Identity(Map<String, String> values, String source) {
    static final List<String> NAMES = List.of(
            "auth_url",
            "username",
            "user_id",
            "password",
            "token",
            "url",
            "endpoint",
            "project_name",
            "project_id",
            "tenant_name",
            "tenant_id",
            "user_domain_name",
            "user_domain_id",
            "project_domain_name",
            "project_domain_id",
            "domain_name",
            "domain_id",
            "default_domain",
            "default_domain_name",
            "default_domain_id",
            "application_credential_id",
            "application_credential_name",
            "application_credential_secret",
            "auth_type",
            "auth_strategy",
            "region_name",
            "interface",
            "endpoint_type",
            "service_type",
            "cacert");

    public static Identity of(Parsed options, Map<String, String> environment) {
        var values = new HashMap<String, String>();
        var variables = new HashMap<String, String>();
        for (var name : NAMES) {
            String value = environment.getOrDefault("OS_" + name.toUpperCase(Locale.ROOT), "");
            if (!value.isEmpty()) {
                variables.put(name, value);
            }
        }
        String cloud = options.text("os_cloud").orElse(environment.getOrDefault("OS_CLOUD", ""));
        String source = "the OS_ variables";
        if (!cloud.isEmpty()) {
            var file = CloudsFile.named(cloud, environment);
            values.putAll(file.values());
            source = "cloud " + cloud + " in " + file.path();
        } else if (variables.containsKey("auth_url")
                || variables.containsKey("url")
                || variables.containsKey("endpoint")
                || options.text("os_auth_url").isPresent()
                || options.text("os_url").isPresent()) {
            values.putAll(variables);
        } else {
            var only = CloudsFile.only(environment);
            values.putAll(only.map(CloudsFile::values).orElse(variables));
            source = only.map(file -> "the only cloud in " + file.path()).orElse(source);
        }
        for (var name : NAMES) {
            options.text("os_" + name).ifPresent(value -> values.put(name, value));
        }
        return new Identity(values, source);
    }

    /** The first of these that is told, or an empty text. */
    String first(String... names) {
        for (var name : names) {
            String value = values.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    boolean has(String... names) {
        return !first(names).isEmpty();
    }
}
