package io.isospin.core.host;

import io.isospin.core.net.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a host's devices; {@link HostJsonWriter} writes them under the same names, which are the API's too. */
final class WiringJson {
    private WiringJson() {}

    static HostWiring wiring(JsonFields fields) {
        return new HostWiring(fields.flag("whole"), fields.objects("parts", WiringJson::part));
    }

    private static HostWiring.Part part(JsonFields fields) {
        return new HostWiring.Part(
                fields.idOrNull("network_id"),
                fields.objects("interfaces", WiringJson::device),
                fields.objects("namespaces", WiringJson::namespace),
                fields.strings("differences"));
    }

    private static HostWiring.Namespace namespace(JsonFields fields) {
        return new HostWiring.Namespace(
                fields.text("name"),
                fields.objects("interfaces", WiringJson::device),
                fields.objects("services", each -> new HostWiring.Service(each.text("name"), each.flag("running"))));
    }

    private static HostWiring.Device device(JsonFields fields) {
        return new HostWiring.Device(
                fields.text("name"),
                fields.text("kind"),
                mac(fields.textOrNull("mac")),
                fields.integer("mtu"),
                fields.flag("up"),
                fields.textOrNull("master"),
                fields.textOrNull("parent"),
                fields.integerOrNull("vlan"),
                fields.integerOrNull("vni"),
                fields.addressOrNull("local_ip"),
                fields.idOrNull("port_id"),
                fields.has("addresses") ? fields.strings("addresses") : List.of(),
                fields.textOrNull("peer"));
    }

    private static @Nullable MacAddress mac(@Nullable String text) {
        return text == null ? null : MacAddress.parse(text);
    }
}
