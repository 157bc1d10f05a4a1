/** Who the user is and where Networking lies: options, OS_ variables, clouds.yaml, Keystone. */
@NullMarked
package io.isospin.cli.identity;

import org.jspecify.annotations.NullMarked;
