@NullMarked
package io.isospin.cli.output;

import org.jspecify.annotations.NullMarked;
