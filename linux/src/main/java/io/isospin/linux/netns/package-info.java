/** Named network namespaces as {@code ip netns} keeps them, and entering one for a call. */
@NullMarked
package io.isospin.linux.netns;

import org.jspecify.annotations.NullMarked;
