package io.isospin.cli;

import io.isospin.cli.failure.UsageFailure;
import io.isospin.cli.grammar.Grammar;
import io.isospin.cli.grammar.Option;
import io.isospin.cli.grammar.Parsed;
import io.isospin.cli.grammar.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The options before and after any command: who the user is, and how to ask. */
final class GlobalOptions {
    private GlobalOptions() {}

    static Grammar grammar() {
        var options = new ArrayList<>(List.of(
                Option.flag("--version", "show program's version number and exit"),
                Option.flag("--verbose", "Show each request and answer.")
                        .or("-v")
                        .also("--debug"),
                Option.flag("--quiet", "accepted for the sake of scripts").or("-q"),
                Option.value("--retries", "NUM", "How often a request is repeated where nobody answers. Defaults to 0.")
                        .or("-r")
                        .read(GlobalOptions::count),
                Option.value("--os-cloud", "<cloud>", "A cloud of a clouds.yaml. Defaults to env[OS_CLOUD].")));
        for (var name : List.of(
                "auth-url",
                "auth-type",
                "auth-strategy",
                "username",
                "user-id",
                "password",
                "project-name",
                "project-id",
                "tenant-name",
                "tenant-id",
                "user-domain-name",
                "user-domain-id",
                "project-domain-name",
                "project-domain-id",
                "region-name",
                "token",
                "url",
                "cacert")) {
            options.add(Option.value("--os-" + name, "<" + name + ">", "Defaults to env[" + variable(name) + "].")
                    .also("--os_" + name.replace('-', '_')));
        }
        options.add(Option.value(
                        "--os-endpoint-type",
                        "<endpoint-type>",
                        "public, internal or admin. Defaults to env[OS_ENDPOINT_TYPE].")
                .also("--endpoint-type", "--os-interface"));
        options.add(Option.value("--os-service-type", "<service-type>", "Defaults to \"network\".")
                .also("--service-type"));
        options.add(Option.value(
                "--http-timeout",
                "<seconds>",
                "How long to wait for an answer. Defaults to" + " env[OS_NETWORK_TIMEOUT], or for ever."));
        options.add(Option.flag("--insecure", "Do not check the server's certificate."));
        return Grammar.of("neutron", "Command-line interface to the Neutron APIs")
                .having(options);
    }

    /** How long to wait for an answer; 0 for as long as it takes. */
    static double seconds(Parsed options, Map<String, String> environment) {
        String text = options.text("http_timeout").orElse(environment.getOrDefault("OS_NETWORK_TIMEOUT", "0"));
        try {
            return Math.clamp(Double.parseDouble(text), 0, 1_000_000);
        } catch (NumberFormatException e) {
            throw new UsageFailure("argument --http-timeout: invalid float value: '" + text + "'");
        }
    }

    private static tools.jackson.databind.JsonNode count(String text) {
        var number = Reading.INTEGER.read(text);
        if (number.intValue() < 0) {
            throw new UsageFailure("input value " + number + " is negative");
        }
        return number;
    }

    private static String variable(String name) {
        return "OS_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
