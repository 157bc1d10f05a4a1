@NullMarked
package io.isospin.lab.shelf;

import org.jspecify.annotations.NullMarked;
