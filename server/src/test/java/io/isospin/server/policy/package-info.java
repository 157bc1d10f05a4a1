/** Tests of the rules themselves. */
@NullMarked
package io.isospin.server.policy;

import org.jspecify.annotations.NullMarked;
