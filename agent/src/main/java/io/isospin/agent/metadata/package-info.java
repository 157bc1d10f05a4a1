/**
 * Instances' metadata where this host serves a network's DHCP: sockets inside the network's namespace, what is read from
 * them, whose port asks, and Nova's answer with it. One process for all networks; the facts are those of Neutron's
 * metadata agent (neutron/agent/metadata/agent.py as of Zed).
 */
@NullMarked
package io.isospin.agent.metadata;

import org.jspecify.annotations.NullMarked;
