/** Tests of the server, most of them through its API on a socket, over a database file of their own. */
@NullMarked
package io.isospin.server;

import org.jspecify.annotations.NullMarked;
