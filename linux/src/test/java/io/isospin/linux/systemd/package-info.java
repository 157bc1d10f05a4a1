@NullMarked
package io.isospin.linux.systemd;

import org.jspecify.annotations.NullMarked;
