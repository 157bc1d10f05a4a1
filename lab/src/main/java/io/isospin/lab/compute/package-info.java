/**
 * A small Nova (Compute API 2.1 to 2.90): servers, and what clients want to know around them.
 *
 * <p>The way of a boot: {@link io.isospin.lab.compute.ServerRequest} reads it,
 * {@link io.isospin.lab.compute.NetworkCheck} looks at the networks before anything is made,
 * {@link io.isospin.lab.compute.Scheduler} picks a host, and {@link io.isospin.lab.compute.Builds} makes it so through
 * {@link io.isospin.lab.compute.Networking} and an {@link io.isospin.lab.compute.instance.InstanceDriver}. Networking is used
 * as the real Nova uses it: its public API, and the events that it sends.
 */
@NullMarked
package io.isospin.lab.compute;

import org.jspecify.annotations.NullMarked;
