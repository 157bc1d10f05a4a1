/** Telling the compute service what became of its ports. */
@NullMarked
package io.isospin.server.nova;

import org.jspecify.annotations.NullMarked;
