/** The agent's settings, one record per concern, and what they want of the host before anything starts. */
@NullMarked
package io.isospin.agent.config;

import org.jspecify.annotations.NullMarked;
