/** Which DHCP agents serve which networks, and who takes over from an agent that has died. */
@NullMarked
package io.isospin.server.dhcp;

import org.jspecify.annotations.NullMarked;
