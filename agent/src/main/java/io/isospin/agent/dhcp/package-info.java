/** DHCP: a qdhcp namespace and a dnsmasq for each network that this host serves. */
@NullMarked
package io.isospin.agent.dhcp;

import org.jspecify.annotations.NullMarked;
