/** The public HTTP API, as a command needs it. */
@NullMarked
package io.isospin.cli.api;

import org.jspecify.annotations.NullMarked;
