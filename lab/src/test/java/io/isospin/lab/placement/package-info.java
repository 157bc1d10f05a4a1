@NullMarked
package io.isospin.lab.placement;

import org.jspecify.annotations.NullMarked;
