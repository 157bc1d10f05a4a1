package io.isospin.lab.host;

import io.isospin.core.net.IpAddress;
import java.util.List;

/**
 * One host as it is to be.
 *
 * @param management the address on eth0, in a /24
 * @param tunnel the address on eth1, in a /24
 * @param agents what {@code [isospin] agents} says
 */
public record HostPlan(String name, IpAddress management, IpAddress tunnel, List<String> agents) {}
