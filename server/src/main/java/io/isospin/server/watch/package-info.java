/** Watching a collection: what changes in what a caller sees of it, told as it commits. */
@NullMarked
package io.isospin.server.watch;

import org.jspecify.annotations.NullMarked;
