/** Starting programs inside a namespace. */
@NullMarked
package io.isospin.linux.process;

import org.jspecify.annotations.NullMarked;
