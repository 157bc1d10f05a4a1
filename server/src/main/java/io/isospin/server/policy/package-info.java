/** Who may do what, and see and set which attributes. */
@NullMarked
package io.isospin.server.policy;

import org.jspecify.annotations.NullMarked;
