package io.isospin.lab.compute.metadata;

import io.isospin.core.net.IpVersion;
import io.isospin.lab.compute.Instance;
import io.isospin.lab.compute.instance.GuestSettings;
import io.isospin.lab.http.Json;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The documents below {@code /openstack/VERSION}, which a config drive holds as well. */
public final class OpenStackMetadata {
    static final List<String> VERSIONS = List.of(
            "2012-08-10",
            "2013-04-04",
            "2013-10-17",
            "2015-10-15",
            "2016-06-30",
            "2016-10-06",
            "2017-02-22",
            "2018-08-27",
            "2020-10-14",
            "latest");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SEED_BYTES = 512;

    private OpenStackMetadata() {}

    /** {@code meta_data.json}. */
    public static ObjectNode metaData(Instance instance, GuestSettings settings) {
        byte[] seed = new byte[SEED_BYTES];
        RANDOM.nextBytes(seed);
        var node = Json.object()
                .put("uuid", instance.id().value())
                .put("name", instance.name())
                .put("hostname", Ec2Metadata.hostname(instance))
                .put("launch_index", instance.launchIndex())
                .put("availability_zone", settings.availabilityZone())
                .put("project_id", instance.projectId())
                .put("random_seed", Base64.getEncoder().encodeToString(seed));
        node.putArray("devices");
        node.putArray("dedicated_cpus");
        if (!settings.metadata().isEmpty()) {
            node.set("meta", Json.map(settings.metadata()));
        }
        if (!settings.keys().isEmpty()) {
            var byName = node.putObject("public_keys");
            var list = node.putArray("keys");
            for (var key : settings.keys()) {
                byName.put(key.name(), key.publicKey());
                list.addObject()
                        .put("name", key.name())
                        .put("type", key.publicKey().startsWith("-----BEGIN") ? "x509" : "ssh")
                        .put("data", key.publicKey());
            }
        }
        return node;
    }

    /** {@code network_data.json}: a link for each interface, and by DHCP what each of its addresses is of. */
    public static ObjectNode networkData(Instance instance) {
        var node = Json.object();
        var links = node.putArray("links");
        var networks = node.putArray("networks");
        node.putArray("services");
        for (var vif : instance.vifs()) {
            String link = vif.tap().value();
            links.addObject()
                    .put("id", link)
                    .put("vif_id", vif.port().value())
                    .put("type", "bridge")
                    .put("mtu", vif.mtu())
                    .put("ethernet_mac_address", vif.mac().toString());
            for (var address : vif.addresses()) {
                networks.addObject()
                        .put("id", "network" + networks.size())
                        .put("type", address.version() == IpVersion.V4 ? "ipv4_dhcp" : "ipv6_dhcp")
                        .put("link", link)
                        .put("network_id", vif.network().value());
            }
        }
        return node;
    }
}
