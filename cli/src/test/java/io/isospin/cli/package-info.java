@NullMarked
package io.isospin.cli;

import org.jspecify.annotations.NullMarked;
