/** Answers as tables, JSON, YAML, CSV, bare values and shell assignments. */
@NullMarked
package io.isospin.cli.output;

import org.jspecify.annotations.NullMarked;
