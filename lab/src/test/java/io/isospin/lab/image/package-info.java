@NullMarked
package io.isospin.lab.image;

import org.jspecify.annotations.NullMarked;
