/** Tags: words that clients put on resources, to find them by. */
@NullMarked
package io.isospin.server.tag;

import org.jspecify.annotations.NullMarked;
