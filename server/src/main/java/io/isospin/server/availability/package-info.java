/** How many addresses networks have, and how many of them ports use. */
@NullMarked
package io.isospin.server.availability;

import org.jspecify.annotations.NullMarked;
