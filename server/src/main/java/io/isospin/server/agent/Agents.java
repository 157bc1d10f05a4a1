package io.isospin.server.agent;

import static io.isospin.core.schema.Catalogue.AGENT;
import static io.isospin.server.api.Documents.text;

import io.isospin.server.store.Query;
import io.isospin.server.store.Query.Condition;
import io.isospin.server.store.View;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The agents in the store, and which of them live.
 *
 * @param downAfter how long an agent may be silent and still live, {@code agent_down_time}
 */
public record Agents(Duration downAfter) {
    public static final String LINUX_BRIDGE = "Linux bridge agent";
    public static final String DHCP = "DHCP agent";

    /** Times of agents, in the form that Neutron gives them. */
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** RFC 9562, appendix A: the namespace for names of hosts. */
    private static final String DNS_NAMESPACE = "6ba7b8109dad11d180b400c04fd430c8";

    /** An agent that has been silent so much longer than allowed loses what it serves. */
    private static final int DEAD_FACTOR = 2;

    static String time(Instant instant) {
        return TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    public boolean isAlive(ObjectNode agent, Instant now) {
        return silence(agent, now).compareTo(downAfter) <= 0;
    }

    /** Whether an agent has been silent for so long that others take over. */
    public boolean isDead(ObjectNode agent, Instant now) {
        return silence(agent, now).compareTo(downAfter.multipliedBy(DEAD_FACTOR)) > 0;
    }

    private static Duration silence(ObjectNode agent, Instant now) {
        var beat = LocalDateTime.parse(text(agent, "heartbeat_timestamp"), TIME).toInstant(ZoneOffset.UTC);
        return Duration.between(beat, now);
    }

    public static Optional<ObjectNode> on(View view, String type, String host) {
        return view.list(AGENT, Query.where(is("host", host), is("agent_type", type))).stream()
                .findFirst();
    }

    /** All agents of a host. */
    public static List<ObjectNode> onHost(View view, String host) {
        return view.list(AGENT, Query.where(is("host", host)));
    }

    /** The living agent of a type on a host. */
    public Optional<ObjectNode> alive(View view, String type, String host) {
        return on(view, type, host).filter(agent -> isAlive(agent, view.now()));
    }

    /** All agents of a type. */
    public static List<ObjectNode> all(View view, String type) {
        return view.list(AGENT, Query.where(is("agent_type", type)));
    }

    /** Whether any agent of a type stands in an availability zone. */
    public static boolean inZone(View view, String type, String zone) {
        var query = Query.where(is("agent_type", type), is("availability_zone", zone));
        return !view.list(AGENT, query.limit(1)).isEmpty();
    }

    private static Condition is(String attribute, String value) {
        return new Condition.In(AGENT.attribute(attribute).orElseThrow(), List.of(StringNode.valueOf(value)));
    }

    /** {@code dhcp<UUID version 5 of the short host name>-<network>}, as Neutron's {@code get_dhcp_agent_device_id}. */
    public static String dhcpDeviceId(String host, String network) {
        int dot = host.indexOf('.');
        return "dhcp" + uuid5(dot < 0 ? host : host.substring(0, dot)) + "-" + network;
    }

    private static UUID uuid5(String name) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(HexFormat.of().parseHex(DNS_NAMESPACE));
            byte[] hash = sha1.digest(name.getBytes(StandardCharsets.UTF_8));
            hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
            hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
            return new UUID(number(hash, 0), number(hash, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-1", e);
        }
    }

    private static long number(byte[] bytes, int offset) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (bytes[offset + i] & 0xff);
        }
        return value;
    }
}
