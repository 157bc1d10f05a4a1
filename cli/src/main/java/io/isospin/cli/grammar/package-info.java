/** Command lines: options and words that a command declares, and the free form in which further attributes are given. */
@NullMarked
package io.isospin.cli.grammar;

import org.jspecify.annotations.NullMarked;
