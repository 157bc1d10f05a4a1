/**
 * Instances as Linux guests under qemu: an image that is made once of Debian's kernel and busybox, a process of qemu for
 * each guest in its host's namespaces, and taps in the bridges of its networks.
 */
@NullMarked
package io.isospin.lab.compute.instance.qemu;

import org.jspecify.annotations.NullMarked;
