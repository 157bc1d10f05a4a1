/**
 * {@code isospin bench api}: measures any server that speaks Networking's v2.0 API, over that API alone, with a client
 * small enough not to matter.
 */
@NullMarked
package io.isospin.cli.bench;

import org.jspecify.annotations.NullMarked;
