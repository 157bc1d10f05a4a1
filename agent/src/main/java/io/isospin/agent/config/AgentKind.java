package io.isospin.agent.config;

import java.util.Locale;

/** Which of Neutron's agents a host runs; all in this one process. */
public enum AgentKind {
    LINUXBRIDGE("Linux bridge agent", "neutron-linuxbridge-agent"),
    DHCP("DHCP agent", "neutron-dhcp-agent"),
    METADATA("Metadata agent", "neutron-metadata-agent");

    private final String type;
    private final String binary;

    AgentKind(String type, String binary) {
        this.type = type;
        this.binary = binary;
    }

    /** The agent type that {@code agent-list} shows. */
    public String type() {
        return type;
    }

    public String binary() {
        return binary;
    }

    /** The word in {@code [isospin] agents}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
