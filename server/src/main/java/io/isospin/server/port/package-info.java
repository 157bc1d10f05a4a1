/** Ports: addresses, binding to hosts, and life from DOWN to ACTIVE. */
@NullMarked
package io.isospin.server.port;

import org.jspecify.annotations.NullMarked;
