/** How many of a resource a project may have. */
@NullMarked
package io.isospin.server.quota;

import org.jspecify.annotations.NullMarked;
