/** Value types of networking: each refuses what is not one, and has one canonical text. */
@NullMarked
package io.isospin.core.net;

import org.jspecify.annotations.NullMarked;
