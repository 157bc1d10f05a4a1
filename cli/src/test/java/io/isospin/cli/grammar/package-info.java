@NullMarked
package io.isospin.cli.grammar;

import org.jspecify.annotations.NullMarked;
