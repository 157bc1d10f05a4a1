/** The server: what it is made of is the list in {@link io.isospin.server.Server}. */
@NullMarked
package io.isospin.server;

import org.jspecify.annotations.NullMarked;
