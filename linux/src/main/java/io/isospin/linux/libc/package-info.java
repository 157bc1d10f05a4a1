/** The C library's calls that the kernel facade needs, over java.lang.foreign; the only place with downcalls. */
@NullMarked
package io.isospin.linux.libc;

import org.jspecify.annotations.NullMarked;
