/** Where the lab's services keep what must outlive them: JSON documents by kind and id. */
@NullMarked
package io.isospin.lab.shelf;

import org.jspecify.annotations.NullMarked;
