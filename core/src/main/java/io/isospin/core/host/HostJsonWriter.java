package io.isospin.core.host;

import io.isospin.core.net.Segment;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the records of this package as JSON, field by field. */
final class HostJsonWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator out;

    private HostJsonWriter(JsonGenerator out) {
        this.out = out;
    }

    static byte[] write(Consumer<HostJsonWriter> content) {
        var bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(new HostJsonWriter(out));
        }
        return bytes.toByteArray();
    }

    void message(FeedMessage message) {
        out.writeStartObject();
        switch (message) {
            case FeedMessage.Image image -> {
                text("message", "image");
                units(image.units());
            }
            case FeedMessage.Network network -> {
                text("message", "network");
                text("network", network.network());
                units(network.units());
            }
            case FeedMessage.Put put -> {
                text("message", "put");
                out.writeName("content");
                unit(put.unit());
            }
            case FeedMessage.Delete delete -> {
                text("message", "delete");
                key(delete.key());
            }
            case FeedMessage.At at -> {
                text("message", "at");
                at(at.store(), at.revision());
            }
        }
        out.writeEndObject();
    }

    void state(HostState state) {
        out.writeStartObject();
        at(state.store(), state.revision());
        units(state.units().values());
        out.writeEndObject();
    }

    private void at(String store, long revision) {
        text("store", store);
        out.writeNumberProperty("revision", revision);
    }

    void report(Report report) {
        out.writeStartObject();
        text("host", report.host());
        list("agents", report.agents(), agent -> {
            text("type", agent.type());
            text("binary", agent.binary());
            out.writeObjectPropertyStart("bridge_mappings");
            agent.bridgeMappings().forEach(this::text);
            out.writeEndObject();
            text("tunnel_address", agent.tunnelAddress());
            text("availability_zone", agent.availabilityZone());
            text("started_at", agent.startedAt());
            out.writeObjectPropertyStart("counts");
            agent.counts().forEach(out::writeNumberProperty);
            out.writeEndObject();
            out.writeObjectPropertyStart("settings");
            agent.settings().forEach(this::text);
            out.writeEndObject();
        });
        list("ports", report.ports(), port -> {
            text("port", port.port());
            text("entity", port.entity().name().toLowerCase(Locale.ROOT));
            out.writeBooleanProperty("up", port.up());
            text("reason", port.reason());
        });
        if (report.wiring() != null) {
            wiring(report.wiring());
        }
        out.writeEndObject();
    }

    private void wiring(HostWiring wiring) {
        out.writeObjectPropertyStart("wiring");
        out.writeBooleanProperty("whole", wiring.whole());
        list("parts", wiring.parts(), this::part);
        out.writeEndObject();
    }

    void whole(HostWiring.Part part) {
        out.writeStartObject();
        part(part);
        out.writeEndObject();
    }

    private void part(HostWiring.Part part) {
        text("network_id", part.network());
        list("interfaces", part.interfaces(), this::device);
        list("namespaces", part.namespaces(), namespace -> {
            text("name", namespace.name());
            list("interfaces", namespace.interfaces(), this::device);
            list("services", namespace.services(), service -> {
                text("name", service.name());
                out.writeBooleanProperty("running", service.running());
            });
        });
        texts("differences", part.differences());
    }

    private void device(HostWiring.Device device) {
        text("name", device.name());
        text("kind", device.kind());
        text("mac", device.mac());
        out.writeNumberProperty("mtu", device.mtu());
        out.writeBooleanProperty("up", device.up());
        text("master", device.master());
        text("parent", device.parent());
        number("vlan", device.vlan());
        number("vni", device.vni());
        text("local_ip", device.localIp());
        text("port_id", device.port());
        if (!device.addresses().isEmpty()) {
            texts("addresses", device.addresses());
        }
        text("peer", device.peer());
    }

    private void number(String name, @Nullable Integer value) {
        if (value != null) {
            out.writeNumberProperty(name, value);
        }
    }

    private void units(Collection<Unit> units) {
        out.writeArrayPropertyStart("units");
        units.forEach(this::unit);
        out.writeEndArray();
    }

    private void key(Unit.Key key) {
        text("unit", key.kind().name().toLowerCase(Locale.ROOT));
        text("id", key.id());
    }

    private void unit(Unit unit) {
        out.writeStartObject();
        key(unit.key());
        switch (unit) {
            case Unit.Network network -> {
                segment(network.segment());
                out.writeNumberProperty("mtu", network.mtu());
                out.writeBooleanProperty("admin_up", network.adminUp());
            }
            case Unit.Port port -> {
                text("network", port.network());
                text("mac", port.mac());
                texts("addresses", port.addresses());
                text("device_owner", port.deviceOwner());
                out.writeBooleanProperty("admin_up", port.adminUp());
                out.writeBooleanProperty("standby", port.standby());
            }
            case Unit.Peer peer -> {
                text("network", peer.network());
                text("mac", peer.mac());
                texts("addresses", peer.addresses());
                text("vtep", peer.vtep());
            }
            case Unit.Dhcp dhcp -> dhcp(dhcp);
            case Unit.Reservation reservation -> reservation(reservation);
        }
        out.writeEndObject();
    }

    private void segment(Segment segment) {
        out.writeObjectPropertyStart("segment");
        switch (segment) {
            case Segment.Flat flat -> {
                text("type", "flat");
                text("physical_network", flat.physicalNetwork());
            }
            case Segment.Vlan vlan -> {
                text("type", "vlan");
                text("physical_network", vlan.physicalNetwork());
                out.writeNumberProperty("id", vlan.vlan().value());
            }
            case Segment.Vxlan vxlan -> {
                text("type", "vxlan");
                out.writeNumberProperty("id", vxlan.vni().value());
            }
        }
        out.writeEndObject();
    }

    private void dhcp(Unit.Dhcp dhcp) {
        text("port", dhcp.port());
        text("mac", dhcp.mac());
        text("dns_domain", dhcp.dnsDomain());
        out.writeNumberProperty("mtu", dhcp.mtu());
        list("subnets", dhcp.subnets(), subnet -> {
            text("id", subnet.id());
            text("cidr", subnet.cidr());
            out.writeBooleanProperty("enabled", subnet.enabled());
            text("server_address", subnet.serverAddress());
            text("gateway", subnet.gateway());
            texts("dns_servers", subnet.dnsServers());
            list("host_routes", subnet.hostRoutes(), route -> {
                text("destination", route.destination());
                text("nexthop", route.nextHop());
            });
            text("ipv6_address_mode", subnet.ipv6AddressMode());
            text("ipv6_ra_mode", subnet.ipv6RaMode());
        });
    }

    private void reservation(Unit.Reservation reservation) {
        text("network", reservation.network());
        text("mac", reservation.mac());
        list("addresses", reservation.addresses(), reserved -> {
            text("subnet", reserved.subnet());
            text("address", reserved.address());
        });
        text("dns_name", reservation.dnsName());
        list("extra_options", reservation.extraOptions(), option -> {
            text("name", option.name());
            text("value", option.value());
            out.writeNumberProperty("ip_version", option.ipVersion());
        });
        text("device_id", reservation.deviceId());
        text("project_id", reservation.projectId());
    }

    /** A value by its canonical text; nothing at all for null, which readers take for the same. */
    private void text(String name, @Nullable Object value) {
        if (value != null) {
            out.writeStringProperty(name, value.toString());
        }
    }

    private void texts(String name, Collection<?> values) {
        out.writeArrayPropertyStart(name);
        values.forEach(value -> out.writeString(value.toString()));
        out.writeEndArray();
    }

    private <T> void list(String name, Collection<T> items, Consumer<T> fields) {
        out.writeArrayPropertyStart(name);
        for (T item : items) {
            out.writeStartObject();
            fields.accept(item);
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
