@NullMarked
package io.isospin.lab.relay;

import org.jspecify.annotations.NullMarked;
