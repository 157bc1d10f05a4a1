/**
 * One host's kernel as the agent sees it: namespaces, what is in them, and finished operations on them.
 *
 * <p>{@link io.isospin.linux.kernel.Kernel} and {@link io.isospin.linux.kernel.NetworkNamespace} are the facade; the
 * real one speaks netlink in-process, the fake in {@code io.isospin.linux.fake} keeps the same state in memory.
 * Operations are data, so a plan can be compared, printed as a dry run, and sent in batches.
 */
@NullMarked
package io.isospin.linux.kernel;

import org.jspecify.annotations.NullMarked;
