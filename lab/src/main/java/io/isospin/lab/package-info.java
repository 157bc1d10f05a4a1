/** The lab: start-up is the list in {@link io.isospin.lab.Main}. */
@NullMarked
package io.isospin.lab;

import org.jspecify.annotations.NullMarked;
