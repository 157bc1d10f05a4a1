/** The agent: start-up is the list in {@link io.isospin.agent.Main}. */
@NullMarked
package io.isospin.agent;

import org.jspecify.annotations.NullMarked;
