/**
 * A kernel in memory with the observable behaviour of the real one, for tests and dry runs: the same contract test
 * runs against both. Programs are recorded, not started.
 */
@NullMarked
package io.isospin.linux.fake;

import org.jspecify.annotations.NullMarked;
