/** Who sends a request: Keystone's tokens, or trusted headers where authentication is off. */
@NullMarked
package io.isospin.server.identity;

import org.jspecify.annotations.NullMarked;
