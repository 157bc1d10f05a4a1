package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DnsTest {
    @TempDir
    Path folder;

    private Api api;

    @BeforeEach
    void start() {
        api = Api.in(folder, "[DEFAULT]", "dns_domain = cloud.example.org");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String assignment(String port) {
        return api.get("/v2.0/ports/" + port).at("/port/dns_assignment").toString();
    }

    private static String one(String address, String host, String fqdn) {
        return "[{\"ip_address\":\"" + address + "\",\"hostname\":\"" + host + "\",\"fqdn\":\"" + fqdn + "\"}]";
    }

    private Api.Answer named(String network, String name) {
        return api.post(
                "/v2.0/ports", "{\"port\": {\"network_id\": \"" + network + "\", \"dns_name\": \"" + name + "\"}}");
    }

    @Test
    void aPortIsNamedAsItsClientWantsOrAfterItsAddress() {
        String network = api.network("");
        api.subnet(network, "10.0.0.0/30", "");
        String port = api.port(network, "").path("id").asString();
        assertThat(assignment(port)).isEqualTo(one("10.0.0.2", "host-10-0-0-2", "host-10-0-0-2.cloud.example.org."));
        api.put("/v2.0/ports/" + port, "{\"port\": {\"dns_name\": \"Web\"}}");
        assertThat(assignment(port)).isEqualTo(one("10.0.0.2", "web", "web.cloud.example.org."));
        assertThat(api.get("/v2.0/ports/" + port).at("/port/dns_name").asString())
                .isEqualTo("web");
        api.put("/v2.0/ports/" + port, "{\"port\": {\"dns_name\": \"db.cloud.example.org.\"}}");
        assertThat(assignment(port)).isEqualTo(one("10.0.0.2", "db.cloud.example.org.", "db.cloud.example.org."));
        api.put("/v2.0/ports/" + port, "{\"port\": {\"fixed_ips\": []}}");
        assertThat(assignment(port)).isEqualTo("[]");
    }

    @Test
    void namesThatCannotBeAreRefused() {
        String network = api.network("");
        String reason = "400 HTTPBadRequest: Invalid input for dns_name. Reason: ";
        assertThat(named(network, "-a").error())
                .isEqualTo(reason + "'-a' not a valid PQDN or FQDN. Reason: Name '-a' must not start or end with a"
                        + " hyphen.");
        assertThat(named(network, "a..b").error())
                .isEqualTo(reason + "'a..b' not a valid PQDN or FQDN. Reason: Encountered an empty component.");
        assertThat(named(network, "a_b").error())
                .isEqualTo(reason + "'a_b' not a valid PQDN or FQDN. Reason: Name 'a_b' must be 1-63 characters long,"
                        + " each of which can only be alphanumeric or a hyphen.");
        assertThat(named(network, "a.7").error())
                .isEqualTo(reason + "'a.7' not a valid PQDN or FQDN. Reason: TLD '7' must not be all numeric.");
        assertThat(named(network, "a.elsewhere.org.").error())
                .startsWith(reason + "The dns_name passed is a FQDN. Its higher level labels must be equal to the"
                        + " dns_domain option in neutron.conf, that has been set to 'cloud.example.org'.");
        assertThat(named(network, ("a".repeat(60) + ".").repeat(4).replaceAll("\\.$", ""))
                        .error())
                .startsWith(reason + "The dns_name passed is a PQDN and its size is '243'.");
        assertThat(api.get("/v2.0/ports").at("/ports")).isEmpty();
    }

    @Test
    void networksAndPortsHaveDomains() {
        String network = api.network("\"dns_domain\": \"Net.Example.\"");
        assertThat(api.get("/v2.0/networks/" + network)
                        .at("/network/dns_domain")
                        .asString())
                .isEqualTo("net.example.");
        assertThat(api.put("/v2.0/networks/" + network, "{\"network\": {\"dns_domain\": \"net.example\"}}")
                        .error())
                .isEqualTo("400 HTTPBadRequest: Invalid input for dns_domain. Reason: 'net.example' is not a FQDN.");
        assertThat(api.put("/v2.0/networks/" + network, "{\"network\": {\"dns_domain\": \"<project_id>.example.\"}}")
                        .status())
                .isEqualTo(200);
        assertThat(api.port(network, "\"dns_domain\": \"port.example.\"")
                        .path("dns_domain")
                        .asString())
                .isEqualTo("port.example.");
        String subnet = api.subnet(network, "10.0.0.0/24", "\"dns_publish_fixed_ip\": true");
        assertThat(api.get("/v2.0/subnets/" + subnet)
                        .at("/subnet/dns_publish_fixed_ip")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void withoutADomainOfTheCloudPortsAreNotNamed() {
        var other = folder.resolve("other");
        assertThat(other.toFile().mkdir()).isTrue();
        try (var plain = Api.in(other)) {
            String network = plain.network("");
            plain.subnet(network, "10.0.0.0/30", "");
            var port = plain.port(network, "\"dns_name\": \"web\"");
            assertThat(port.path("dns_name").asString()).isEmpty();
            assertThat(port.path("dns_assignment").toString())
                    .isEqualTo(one("10.0.0.2", "host-10-0-0-2", "host-10-0-0-2.openstacklocal."));
        }
    }
}
