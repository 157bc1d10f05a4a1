/** Networks and the segments they are carried on. */
@NullMarked
package io.isospin.server.network;

import org.jspecify.annotations.NullMarked;
