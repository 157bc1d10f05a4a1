/** A small Placement API: enough that clients which look for the service find one. */
@NullMarked
package io.isospin.lab.placement;

import org.jspecify.annotations.NullMarked;
