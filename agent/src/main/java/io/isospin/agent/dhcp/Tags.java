package io.isospin.agent.dhcp;

import io.isospin.core.net.ResourceId;

/** The tags by which dnsmasq matches options with ranges and hosts; the same as Neutron's. */
final class Tags {
    private Tags() {}

    static String subnet(ResourceId subnet) {
        return "subnet-" + subnet;
    }

    static String port(ResourceId port) {
        return "port-" + port;
    }
}
