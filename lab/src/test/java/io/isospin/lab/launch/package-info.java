@NullMarked
package io.isospin.lab.launch;

import org.jspecify.annotations.NullMarked;
