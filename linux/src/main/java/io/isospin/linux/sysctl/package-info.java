/** Kernel parameters under /proc/sys, as seen inside one namespace. */
@NullMarked
package io.isospin.linux.sysctl;

import org.jspecify.annotations.NullMarked;
