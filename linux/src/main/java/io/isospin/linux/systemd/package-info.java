/** Being a service of systemd: saying that one is ready, still well, or about to end. */
@NullMarked
package io.isospin.linux.systemd;

import org.jspecify.annotations.NullMarked;
