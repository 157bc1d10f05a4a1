/** A small Glance (Image API v2): the one image that instances of the lab boot from. */
@NullMarked
package io.isospin.lab.image;

import org.jspecify.annotations.NullMarked;
