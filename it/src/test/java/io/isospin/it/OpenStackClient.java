package io.isospin.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.it.Original.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Debian's {@code openstack}, logged in as an administrator of a server of its own. */
abstract class OpenStackClient {
    @TempDir
    static Path folder;

    static SmallCloud cloud;
    private static Original openstack;

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(
                Files.isExecutable(Original.OPENSTACK), "Debian's python3-openstackclient is not installed");
        cloud = new SmallCloud(folder);
        openstack = Original.openstack(cloud.environment(folder), folder);
    }

    @AfterAll
    static void stop() {
        if (openstack != null) {
            openstack.close();
        }
        if (cloud != null) {
            cloud.close();
        }
    }

    static JsonNode json(String line) throws IOException {
        return JsonMapper.shared().readTree(done(line + " -f json").out());
    }

    static List<String> names(String line) throws IOException {
        return names(line, "Name");
    }

    static List<String> names(String line, String column) throws IOException {
        var names = new ArrayList<String>();
        for (var row : json(line)) {
            names.add(row.path(column).asString());
        }
        return names;
    }

    static Outcome done(String line) throws IOException {
        var outcome = openstack.run(List.of(line.split(" ")));
        assertThat(outcome.status()).as("%s: %s", line, outcome.err()).isZero();
        return outcome;
    }

    static void refused(String line, String why) throws IOException {
        var outcome = openstack.run(List.of(line.split(" ")));
        assertThat(outcome.status()).as(line).isNotZero();
        assertThat(outcome.err()).as(line).contains(why);
    }
}
