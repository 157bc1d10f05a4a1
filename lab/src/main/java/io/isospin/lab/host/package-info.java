/**
 * The three hosts, made of namespaces, and the fabric that joins them.
 *
 * <p>A host is a network namespace with a process ({@link io.isospin.lab.host.Holder}) that holds mount, name and
 * process namespaces around it: when that process dies, all that runs in the host dies.
 * {@link io.isospin.lab.host.LabRecord} says what was made, so that {@link io.isospin.lab.host.Remains} can clear it after
 * a crash.
 */
@NullMarked
package io.isospin.lab.host;

import org.jspecify.annotations.NullMarked;
