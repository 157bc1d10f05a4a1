/** Subnet pools: prefixes that subnets get theirs from. */
@NullMarked
package io.isospin.server.subnetpool;

import org.jspecify.annotations.NullMarked;
