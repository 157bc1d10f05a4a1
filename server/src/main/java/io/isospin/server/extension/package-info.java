/** The API's discovery: versions, resources, extensions. */
@NullMarked
package io.isospin.server.extension;

import org.jspecify.annotations.NullMarked;
