/**
 * The real kernel. {@link io.isospin.linux.LinuxKernel#open} is where it begins; operations become netlink messages
 * in {@code Batch}, and what must be done by hand (the eBPF pair) is in {@code TaggedPairs}.
 */
@NullMarked
package io.isospin.linux;

import org.jspecify.annotations.NullMarked;
