/** Key pairs: their public halves read, and made. */
@NullMarked
package io.isospin.lab.compute.keypair;

import org.jspecify.annotations.NullMarked;
