@NullMarked
package io.isospin.lab.host;

import org.jspecify.annotations.NullMarked;
