@NullMarked
package io.isospin.lab.compute.instance;

import org.jspecify.annotations.NullMarked;
