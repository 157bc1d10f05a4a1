package io.isospin.lab.compute.instance;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import java.util.List;

/**
 * An instance's interface and the port that it is.
 *
 * @param networkName what the network is called, under which clients list the addresses
 * @param mtu of the network, in bytes
 * @param owned whether compute made the port, and so deletes it with the instance
 */
public record Vif(
        ResourceId port,
        ResourceId network,
        String networkName,
        MacAddress mac,
        List<IpAddress> addresses,
        int mtu,
        boolean owned) {

    public InterfaceName tap() {
        return InterfaceName.tap(port);
    }

    public InterfaceName bridge() {
        return InterfaceName.bridge(network);
    }
}
