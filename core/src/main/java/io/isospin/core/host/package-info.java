/**
 * What one host must contain, and how that travels.
 *
 * <p>A host's state is a set of {@link io.isospin.core.host.Unit units}, each belonging to one network. The server
 * sends it as {@link io.isospin.core.host.FeedMessage messages}: a whole image first, or what has changed since the
 * revision that the agent has; {@link io.isospin.core.host.HostState} is what they add up to.
 */
@NullMarked
package io.isospin.core.host;

import org.jspecify.annotations.NullMarked;
