package io.isospin.core.host;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host's devices are, as its agent sees them: a part for each network with something there, and one for all else.
 * Each device is in one part. What is larger than the bounds here is no report; agents leave out what is beyond them,
 * and say so in a difference.
 *
 * @param whole whether the host has no other parts than these; where not, the parts are those that changed
 */
public record HostWiring(boolean whole, List<Part> parts) {
    public static final int MOST_PARTS = 10_000;
    public static final int MOST_DEVICES = 4_096;
    public static final int MOST_NAMESPACES = 64;
    public static final int MOST_DIFFERENCES = 100;
    public static final int LONGEST_DIFFERENCE = 1_000;
    public static final int MOST_ADDRESSES = 1_024;
    private static final int LONGEST_NAME = 255;

    public HostWiring {
        parts = bounded("parts", parts, MOST_PARTS);
        if (parts.stream().map(Part::network).distinct().count() != parts.size()) {
            throw new IllegalArgumentException("'parts' holds a network twice");
        }
    }

    /**
     * The devices of one network, or those that belong to none.
     *
     * @param network null for the host's own interfaces, and for what belongs to no network that the host knows
     * @param differences what should be and is not, and what is and should not be, in a sentence each
     */
    public record Part(
            @Nullable ResourceId network,
            List<Device> interfaces,
            List<Namespace> namespaces,
            List<String> differences) {
        public Part {
            interfaces = bounded("interfaces", interfaces, MOST_DEVICES);
            namespaces = bounded("namespaces", namespaces, MOST_NAMESPACES);
            differences = bounded("differences", differences, MOST_DIFFERENCES);
            differences.forEach(each -> bounded("differences", each, LONGEST_DIFFERENCE));
        }

        public static Part none(@Nullable ResourceId network) {
            return new Part(network, List.of(), List.of(), List.of());
        }

        /** Whether the network has nothing on the host any more. */
        public boolean isEmpty() {
            return interfaces.isEmpty() && namespaces.isEmpty() && differences.isEmpty();
        }
    }

    /**
     * A network device.
     *
     * @param kind {@code physical}, {@code bridge}, {@code vlan}, {@code vxlan}, {@code tap}, {@code veth}, or what else
     *     the kernel calls it
     * @param master the bridge that it is in
     * @param parent the device whose frames a VLAN device tags
     * @param vni of a VXLAN device, whose tunnel begins at {@code localIp}
     * @param port the port whose tap it is
     * @param addresses with their prefix lengths; without link-local ones
     * @param peer the other end in the root namespace, of a device in another
     */
    public record Device(
            String name,
            String kind,
            @Nullable MacAddress mac,
            int mtu,
            boolean up,
            @Nullable String master,
            @Nullable String parent,
            @Nullable Integer vlan,
            @Nullable Integer vni,
            @Nullable IpAddress localIp,
            @Nullable ResourceId port,
            List<String> addresses,
            @Nullable String peer) {
        public Device {
            bounded("name", name, LONGEST_NAME);
            bounded("kind", kind, LONGEST_NAME);
            bounded("master", master, LONGEST_NAME);
            bounded("parent", parent, LONGEST_NAME);
            bounded("peer", peer, LONGEST_NAME);
            addresses = bounded("addresses", addresses, MOST_ADDRESSES);
            addresses.forEach(each -> bounded("addresses", each, LONGEST_NAME));
        }
    }

    /** A network namespace, with the devices and services in it. */
    public record Namespace(String name, List<Device> interfaces, List<Service> services) {
        public Namespace {
            bounded("name", name, LONGEST_NAME);
            interfaces = bounded("interfaces", interfaces, MOST_DEVICES);
            services = bounded("services", services, MOST_NAMESPACES);
        }
    }

    /** @param name {@code dnsmasq} or {@code metadata} */
    public record Service(String name, boolean running) {
        public Service {
            bounded("name", name, LONGEST_NAME);
        }
    }

    private static <T> List<T> bounded(String what, Collection<T> items, int most) {
        if (items.size() > most) {
            throw new IllegalArgumentException("'" + what + "' holds " + items.size() + ", of at most " + most);
        }
        return List.copyOf(items);
    }

    private static void bounded(String what, @Nullable String text, int longest) {
        if (text != null && text.length() > longest) {
            throw new IllegalArgumentException(
                    "'" + what + "' is " + text.length() + " characters long, of at most " + longest);
        }
    }
}
