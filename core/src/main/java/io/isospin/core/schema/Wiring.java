package io.isospin.core.schema;

import static io.isospin.core.schema.ScalarTypes.ID;
import static io.isospin.core.schema.ScalarTypes.INTEGER;
import static io.isospin.core.schema.ScalarTypes.MAC;
import static io.isospin.core.schema.ScalarTypes.TIME;
import static io.isospin.core.schema.ScalarTypes.text;

import java.util.List;

/** What agents see of their hosts' devices. Nobody makes it but they. */
public final class Wiring {
    private static final Schema TEXT = Schema.of("string");
    private static final Schema YES_OR_NO = Schema.of("boolean");

    private static final Schema DEVICE = Schema.object()
            .mustKey("name", TEXT)
            .mustKey("kind", TEXT.example("bridge"))
            .mustKey("mtu", Schema.integer())
            .mustKey("up", YES_OR_NO)
            .key("mac", MAC.schema())
            .key("master", TEXT)
            .key("parent", TEXT)
            .key("vlan", Schema.integer())
            .key("vni", Schema.integer())
            .key("local_ip", ScalarTypes.ADDRESS.schema())
            .key("port_id", ID.schema())
            .key("addresses", Schema.listOf(TEXT.example("192.0.2.1/24")))
            .key("peer", TEXT);

    private static final Schema SERVICE =
            Schema.object().mustKey("name", TEXT.example("dnsmasq")).mustKey("running", YES_OR_NO);

    private static final Schema NAMESPACE = Schema.object()
            .mustKey("name", TEXT)
            .mustKey("interfaces", Schema.listOf(DEVICE))
            .mustKey("services", Schema.listOf(SERVICE));

    /** A network's devices on a host; those that belong to no network have one of their own, whose network is null. */
    public static final Resource WIRING = Resource.of(
            "wiring",
            "wirings",
            false,
            List.of(
                    Attribute.of("id", ID).query().column("id").inLists(),
                    Attribute.of("host", text(255)).query().column("host_id").inLists(),
                    Attribute.of("network_id", ID.nullInAnswers())
                            .query()
                            .column("network_id")
                            .inLists(),
                    Attribute.of("interfaces", Type.shown(Schema.listOf(DEVICE))),
                    Attribute.of("namespaces", Type.shown(Schema.listOf(NAMESPACE))),
                    Attribute.of("differences", Type.shown(Schema.listOf(TEXT))).inLists(),
                    Attribute.of("created_at", TIME).query(),
                    Attribute.of("updated_at", TIME).query(),
                    Attribute.of("revision_number", INTEGER).query()));

    private Wiring() {}
}
