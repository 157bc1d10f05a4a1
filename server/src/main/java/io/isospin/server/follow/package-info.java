/** Following the change log: one reader for many listeners, and what waits for each of them. */
@NullMarked
package io.isospin.server.follow;

import org.jspecify.annotations.NullMarked;
