/** Bytes between sockets of different network namespaces. */
@NullMarked
package io.isospin.lab.relay;

import org.jspecify.annotations.NullMarked;
