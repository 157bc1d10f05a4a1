/** What runs an instance on a host. A driver does and decides nothing: compute tells it what to plug and to start. */
@NullMarked
package io.isospin.lab.compute.instance;

import org.jspecify.annotations.NullMarked;
