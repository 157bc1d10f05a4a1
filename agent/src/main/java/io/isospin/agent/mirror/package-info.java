/** The feed as the agent sees it: a stream from any server, the state that it adds up to, and that state on disk. */
@NullMarked
package io.isospin.agent.mirror;

import org.jspecify.annotations.NullMarked;
