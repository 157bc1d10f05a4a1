@NullMarked
package io.isospin.lab.compute;

import org.jspecify.annotations.NullMarked;
