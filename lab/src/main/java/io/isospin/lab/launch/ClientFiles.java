package io.isospin.lab.launch;

import io.isospin.lab.host.LabException;
import io.isospin.lab.host.LabPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What clients read: a clouds.yaml, and one file of shell variables for each user. */
final class ClientFiles {
    private static final List<String> USERS = List.of("admin", "demo");

    private ClientFiles() {}

    static void write(LabPlan plan, Secrets secrets, Ports ports) {
        String identity = "http://127.0.0.1:" + ports.identity() + "/v3";
        Path clouds = plan.state().resolve("clouds.yaml");
        try {
            write(clouds, clouds(secrets, identity));
            for (var user : USERS) {
                write(plan.state().resolve(user + "-openrc"), openrc(user, secrets.of(user), identity));
            }
        } catch (IOException e) {
            throw new LabException("The clients' files in " + plan.state() + " cannot be written: " + e, e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Secrets.writePrivately(file, text);
        Secrets.giveToCaller(file);
    }

    static String clouds(Secrets secrets, String identity) {
        var text = new StringBuilder("clouds:\n");
        for (var user : USERS) {
            text.append("""
                      isospin-%1$s:
                        auth:
                          auth_url: %2$s
                          username: %1$s
                          password: "%3$s"
                          project_name: %1$s
                          user_domain_name: Default
                          project_domain_name: Default
                        region_name: RegionOne
                        identity_api_version: 3
                    """.formatted(user, identity, secrets.of(user)));
        }
        return text.toString();
    }

    static String openrc(String user, String password, String identity) {
        return """
                unset OS_CLOUD OS_TOKEN OS_URL
                export OS_AUTH_TYPE=password
                export OS_AUTH_URL=%s
                export OS_USERNAME=%s
                export OS_PASSWORD=%s
                export OS_PROJECT_NAME=%s
                export OS_USER_DOMAIN_NAME=Default
                export OS_PROJECT_DOMAIN_NAME=Default
                export OS_REGION_NAME=RegionOne
                export OS_IDENTITY_API_VERSION=3
                """.formatted(identity, user, password, user);
    }
}
