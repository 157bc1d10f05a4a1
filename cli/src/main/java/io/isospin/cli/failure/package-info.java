/** Why a command ended badly: what is printed, and the exit status. */
@NullMarked
package io.isospin.cli.failure;

import org.jspecify.annotations.NullMarked;
