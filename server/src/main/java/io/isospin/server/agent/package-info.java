/** Agents as hosts report them. */
@NullMarked
package io.isospin.server.agent;

import org.jspecify.annotations.NullMarked;
