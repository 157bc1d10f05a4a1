/**
 * The dashboard: static pages that use the public API, the cookie that stands for a token there, and the way to the other
 * services that a page of this origin may ask. Nothing here answers what the API does not.
 */
@NullMarked
package io.isospin.server.dashboard;

import org.jspecify.annotations.NullMarked;
