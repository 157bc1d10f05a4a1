/** What has happened, out of the change log. */
@NullMarked
package io.isospin.server.history;

import org.jspecify.annotations.NullMarked;
