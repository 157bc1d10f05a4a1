/** The root namespace as last seen, kept fresh from link events. */
@NullMarked
package io.isospin.agent.observe;

import org.jspecify.annotations.NullMarked;
