/** What the server is told: that the agents live, and which ports are up, or why not. */
@NullMarked
package io.isospin.agent.report;

import org.jspecify.annotations.NullMarked;
