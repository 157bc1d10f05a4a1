/** What agents see of their hosts' devices: taken in from their reports, and read by administrators. */
@NullMarked
package io.isospin.server.wiring;

import org.jspecify.annotations.NullMarked;
