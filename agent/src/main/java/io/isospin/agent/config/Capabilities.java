package io.isospin.agent.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The capabilities that the agent works with (capabilities(7)), by their numbers in include/uapi/linux/capability.h. Root
 * has them all; a service of its own user is given these.
 */
public enum Capabilities {
    /** Files of namespaces and of dnsmasq, in folders of root's. */
    CAP_DAC_OVERRIDE(1),
    /** Ending dnsmasq, which may have changed its user. */
    CAP_KILL(5),
    /** DHCP's ports, by dnsmasq, and metadata's port 80 in its namespaces. */
    CAP_NET_BIND_SERVICE(10),
    /** Links, addresses, bridges, tunnels. */
    CAP_NET_ADMIN(12),
    /** ICMP and ARP before an address is given away, by dnsmasq. */
    CAP_NET_RAW(13),
    /** Namespaces and the mounts that name them. */
    CAP_SYS_ADMIN(21);

    private final int number;

    Capabilities(int number) {
        this.number = number;
    }

    /** Those that this process lacks. */
    public static List<String> missing() {
        try {
            long effective = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("CapEff:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("CapEff:".length()).strip(), 16))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("/proc/self/status tells no capabilities"));
            return Arrays.stream(values())
                    .filter(one -> (effective >> one.number & 1) == 0)
                    .map(Enum::name)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("/proc is not mounted: " + e.getMessage(), e);
        }
    }
}
