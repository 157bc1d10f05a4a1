/** What the host's devices are, out of what the agent's parts have seen of them. */
@NullMarked
package io.isospin.agent.wiring;

import org.jspecify.annotations.NullMarked;
