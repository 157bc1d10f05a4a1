/** Subnets: address ranges of networks, with what DHCP tells there. */
@NullMarked
package io.isospin.server.subnet;

import org.jspecify.annotations.NullMarked;
