/** What planners of all subjects share: attributes compared one by one, and failed operations held back. */
@NullMarked
package io.isospin.agent.plan;

import org.jspecify.annotations.NullMarked;
