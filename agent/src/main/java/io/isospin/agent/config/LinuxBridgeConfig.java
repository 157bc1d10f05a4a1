package io.isospin.agent.config;

import io.isospin.core.config.Settings;
import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code [linux_bridge]} and {@code [vxlan]}: how the host's networks reach the wire.
 *
 * @param mappings the interface of each physical network
 * @param mappingsSetAt the file and line of the mappings, for sentences about them
 * @param localIp the tunnels' end on this host; null without VXLAN
 * @param udpPort the tunnels' port; 8472 as in Neutron and Linux, where RFC 7348 has 4789
 */
public record LinuxBridgeConfig(
        Map<String, InterfaceName> mappings,
        String mappingsSetAt,
        @Nullable IpAddress localIp,
        int udpPort,
        boolean l2Population) {
    public static final String SECTION = "linux_bridge";
    public static final String MAPPINGS = "physical_interface_mappings";
    public static final String VXLAN = "vxlan";
    public static final String LOCAL_IP = "local_ip";

    static LinuxBridgeConfig from(Settings settings) {
        var mappings = new LinkedHashMap<String, InterfaceName>();
        settings.map(SECTION, MAPPINGS).forEach((physicalNetwork, name) -> {
            if (InterfaceName.isName(name)) {
                mappings.put(physicalNetwork, new InterfaceName(name));
            } else {
                settings.fault(
                        SECTION,
                        MAPPINGS,
                        "'" + name + "' is not a name for a network interface",
                        "Name the interface of " + physicalNetwork);
            }
        });
        return new LinuxBridgeConfig(
                mappings,
                settings.where(SECTION, MAPPINGS),
                localIp(settings),
                settings.integer(VXLAN, "udp_dstport", 8472, 1, 65535),
                settings.bool(VXLAN, "l2_population", true));
    }

    // Neutron's enable_vxlan is true by default and then refuses to start without local_ip; here an absent pair is off.
    private static @Nullable IpAddress localIp(Settings settings) {
        boolean given = settings.isSet(VXLAN, LOCAL_IP);
        if (!settings.bool(VXLAN, "enable_vxlan", given)) {
            return null;
        }
        if (!given) {
            settings.fault(
                    VXLAN,
                    "enable_vxlan",
                    "VXLAN is enabled, but local_ip is not set",
                    "Set [vxlan] local_ip to this host's address on the tunnel network, or enable_vxlan = false");
            return null;
        }
        return settings.value(VXLAN, LOCAL_IP, IpAddress.parse("127.0.0.1"), LocalIp::parse);
    }

    private static final class LocalIp {
        static IpAddress parse(String text) {
            if (IpAddress.isAddress(text)) {
                return IpAddress.parse(text);
            }
            throw new IllegalArgumentException("Write this host's address on the tunnel network");
        }
    }
}
