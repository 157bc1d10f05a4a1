package io.isospin.lab.compute;

import io.isospin.core.net.IpVersion;
import io.isospin.lab.compute.instance.GuestSettings;
import io.isospin.lab.http.Json;
import io.isospin.lab.identity.Directory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How servers look in JSON, by version and by who asks. */
record ServerView(Microversion version, Links links, boolean admin) {

    ObjectNode brief(Instance instance) {
        var node = Json.object().put("id", instance.id().value()).put("name", instance.name());
        node.set("links", links.of("servers", instance.id().value()));
        return node;
    }

    ObjectNode created(Instance instance, String password) {
        var node = Json.object().put("id", instance.id().value());
        node.set("links", links.of("servers", instance.id().value()));
        node.put("OS-DCF:diskConfig", "MANUAL");
        node.set("security_groups", defaultGroup());
        return node.put("adminPass", password);
    }

    ObjectNode full(Instance instance, boolean alone) {
        var node = brief(instance)
                .put("status", instance.status())
                .put("tenant_id", instance.projectId())
                .put("user_id", instance.userId())
                .put("hostId", hostId(instance));
        node.set("metadata", Json.map(instance.label().metadata()));
        var image = node.putObject("image").put("id", instance.image());
        image.set("links", links.onlyBookmark("images", instance.image()));
        node.set("flavor", new FlavorView(version, links).inServer(instance.flavor()));
        node.put("created", time(instance.created())).put("updated", time(instance.updated()));
        node.set("addresses", addresses(instance));
        node.put("accessIPv4", "").put("accessIPv6", "").put("OS-DCF:diskConfig", "MANUAL");
        if (instance.state() != Instance.State.ERROR) {
            node.put("progress", 0);
        }
        node.put("OS-EXT-AZ:availability_zone", instance.zone());
        node.put("config_drive", instance.order().configDrive() ? "True" : "")
                .put(
                        "key_name",
                        instance.order().key().map(GuestSettings.Key::name).orElse(null));
        node.put("OS-SRV-USG:launched_at", launched(instance)).putNull("OS-SRV-USG:terminated_at");
        node.put("OS-EXT-STS:task_state", instance.task().orElse(null));
        node.put("OS-EXT-STS:vm_state", instance.state().vmState());
        node.put("OS-EXT-STS:power_state", instance.state().power());
        node.putArray("os-extended-volumes:volumes_attached");
        node.set("security_groups", defaultGroup());
        // Nova keeps a fault to itself while the server is well.
        instance.fault()
                .filter(fault -> instance.state() == Instance.State.ERROR)
                .ifPresent(fault -> fault(node, fault));
        forAdministrators(node, instance);
        byVersion(node, instance, alone);
        return node;
    }

    ObjectNode addresses(Instance instance) {
        var byNetwork = Json.object();
        for (var vif : instance.vifs()) {
            var list = byNetwork.withArrayProperty(vif.networkName());
            for (var address : vif.addresses()) {
                list.addObject()
                        .put("version", address.version() == IpVersion.V4 ? 4 : 6)
                        .put("addr", address.toString())
                        .put("OS-EXT-IPS:type", "fixed")
                        .put("OS-EXT-IPS-MAC:mac_addr", vif.mac().toString());
            }
        }
        return byNetwork;
    }

    private void forAdministrators(ObjectNode node, Instance instance) {
        if (admin) {
            String host = instance.host();
            node.put("OS-EXT-SRV-ATTR:host", host.isEmpty() ? null : host)
                    .put("OS-EXT-SRV-ATTR:hypervisor_hostname", host.isEmpty() ? null : host)
                    .put("OS-EXT-SRV-ATTR:instance_name", instance.guest().name());
            if (version.from(3)) {
                node.put("OS-EXT-SRV-ATTR:reservation_id", instance.reservation())
                        .put("OS-EXT-SRV-ATTR:launch_index", instance.launchIndex())
                        .put("OS-EXT-SRV-ATTR:kernel_id", "")
                        .put("OS-EXT-SRV-ATTR:ramdisk_id", "")
                        .put("OS-EXT-SRV-ATTR:root_device_name", "/dev/vda")
                        .put(
                                "OS-EXT-SRV-ATTR:user_data",
                                instance.order().userData().orElse(null));
            }
            if (version.from(16)) {
                node.put("host_status", host.isEmpty() ? "" : "UP");
            }
        }
        if (version.from(90) || (admin && version.from(3))) {
            node.put("OS-EXT-SRV-ATTR:hostname", instance.hostname());
        }
    }

    private void byVersion(ObjectNode node, Instance instance, boolean alone) {
        if (version.from(9)) {
            node.put("locked", instance.label().lock().isPresent());
        }
        if (version.from(19)) {
            node.put("description", instance.label().description().orElse(null));
        }
        if (version.from(26)) {
            node.set("tags", Json.strings(instance.label().tags()));
        }
        if (version.from(63)) {
            node.putNull("trusted_image_certificates");
        }
        if (version.from(71) && alone) {
            node.putArray("server_groups");
        }
        if (version.from(73)) {
            node.put(
                    "locked_reason",
                    instance.label().lock().flatMap(Instance.Lock::reason).orElse(null));
        }
    }

    private void fault(ObjectNode node, Instance.Fault fault) {
        var body = node.putObject("fault")
                .put("code", fault.code())
                .put("created", time(fault.created()))
                .put("message", fault.message());
        if (admin) {
            body.put("details", fault.details());
        }
    }

    private static ArrayNode defaultGroup() {
        return Json.array(List.of(Json.object().put("name", "default")));
    }

    private static String hostId(Instance instance) {
        return hostId(instance.projectId(), instance.host());
    }

    /** By it neighbours can be told apart, without learning the host's name. */
    static String hostId(String project, String host) {
        return host.isEmpty() ? "" : Directory.id("host", project + host);
    }

    private static @Nullable String launched(Instance instance) {
        Optional<Instant> launched = instance.launched();
        return launched.map(at -> at.toString().replace("Z", ".000000")).orElse(null);
    }

    private static String time(Instant instant) {
        return instant.toString();
    }
}
