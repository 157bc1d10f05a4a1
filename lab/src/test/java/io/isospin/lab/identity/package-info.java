@NullMarked
package io.isospin.lab.identity;

import org.jspecify.annotations.NullMarked;
