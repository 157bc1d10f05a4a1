@NullMarked
package io.isospin.lab.compute.metadata;

import org.jspecify.annotations.NullMarked;
