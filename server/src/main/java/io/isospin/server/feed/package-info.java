/** What each host must contain, streamed to its agent as it changes. */
@NullMarked
package io.isospin.server.feed;

import org.jspecify.annotations.NullMarked;
