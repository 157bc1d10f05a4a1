/** The cli: start-up is the list in {@link io.isospin.cli.Main}. */
@NullMarked
package io.isospin.cli;

import org.jspecify.annotations.NullMarked;
