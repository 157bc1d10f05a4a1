/** The server: start-up is the list in {@link io.isospin.server.Main}. */
@NullMarked
package io.isospin.server;

import org.jspecify.annotations.NullMarked;
