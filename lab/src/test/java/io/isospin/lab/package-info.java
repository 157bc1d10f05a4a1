@NullMarked
package io.isospin.lab;

import org.jspecify.annotations.NullMarked;
