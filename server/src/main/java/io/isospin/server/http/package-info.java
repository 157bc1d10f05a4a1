/** The API over HTTP. */
@NullMarked
package io.isospin.server.http;

import org.jspecify.annotations.NullMarked;
