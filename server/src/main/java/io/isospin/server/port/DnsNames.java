package io.isospin.server.port;

import static io.isospin.server.api.Documents.text;

import io.isospin.core.config.Settings;
import io.isospin.core.schema.DnsTypes;
import io.isospin.server.api.BadRequest;
import io.isospin.server.port.Addresses.Fixed;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The names of ports in the cloud's own DNS.
 *
 * @param configured the {@code dns_domain} setting
 */
public record DnsNames(String configured) {
    private static final String UNCONFIGURED = "openstacklocal.";

    public static DnsNames of(Settings settings) {
        return new DnsNames(settings.text("DEFAULT", "dns_domain", "openstacklocal"));
    }

    /** The domain with the dot at its end; empty for none. */
    private String domain() {
        return configured.isEmpty() || configured.endsWith(".") ? configured : configured + ".";
    }

    /** Whether ports may be named: not where the domain is nobody's, as it is until an operator sets one. */
    private boolean names() {
        return !domain().isEmpty() && !domain().equals(UNCONFIGURED);
    }

    /** Checks the name that a client gives, or takes it for none where ports are not named. */
    void settle(ObjectNode values) {
        if (!names()) {
            for (var name : List.of("dns_name", "dns_domain")) {
                if (values.has(name)) {
                    values.put(name, "");
                }
            }
            return;
        }
        String name = text(values, "dns_name");
        if (name.isEmpty()) {
            return;
        }
        String higher = "." + domain();
        if (!name.endsWith(".")) {
            if (name.length() + higher.length() > DnsTypes.MOST) {
                throw refused("The dns_name passed is a PQDN and its size is '" + name.length()
                        + "'. The dns_domain option in neutron.conf is set to " + configured + ", with a length of '"
                        + higher.length() + "'. When the two are concatenated to form a FQDN (with a '.' at the end),"
                        + " the resulting length exceeds the maximum size of '" + DnsTypes.MOST + "'");
            }
        } else if (name.length() <= higher.length() || !name.endsWith(higher)) {
            throw refused("The dns_name passed is a FQDN. Its higher level labels must be equal to the dns_domain"
                    + " option in neutron.conf, that has been set to '" + configured
                    + "'. It must also include one or more valid DNS labels to the left of '" + configured + "'");
        }
    }

    private static BadRequest refused(String reason) {
        return BadRequest.http("Invalid input for dns_name. Reason: " + reason + ".");
    }

    /** {@code dns_assignment}: each address of a port with its names. */
    ArrayNode assignments(ObjectNode port, List<Fixed> addresses) {
        String given = names() ? text(port, "dns_name") : "";
        var assignments = JsonNodeFactory.instance.arrayNode();
        for (var fixed : addresses) {
            String address = fixed.address().toString();
            String host = given.isEmpty() ? "host-" + address.replace('.', '-').replace(':', '-') : given;
            assignments
                    .addObject()
                    .put("ip_address", address)
                    .put("hostname", host)
                    .put("fqdn", host.endsWith(".") || domain().isEmpty() ? host : host + "." + domain());
        }
        return assignments;
    }
}
