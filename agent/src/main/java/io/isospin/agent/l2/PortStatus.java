package io.isospin.agent.l2;

import io.isospin.core.net.ResourceId;

/**
 * What became of a port's frames on this host.
 *
 * @param waiting whether only the tap is missing, which the compute service is yet to make
 * @param reason why not up, in one sentence; empty when up
 */
public record PortStatus(ResourceId port, boolean up, boolean waiting, String reason) {
    static PortStatus up(ResourceId port) {
        return new PortStatus(port, true, false, "");
    }

    static PortStatus down(ResourceId port, String reason) {
        return new PortStatus(port, false, false, reason);
    }
}
