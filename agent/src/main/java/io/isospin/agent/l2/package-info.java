/** Bridges, their ways to other hosts, and the taps in them: what is wanted, the plan, and each port's state. */
@NullMarked
package io.isospin.agent.l2;

import org.jspecify.annotations.NullMarked;
