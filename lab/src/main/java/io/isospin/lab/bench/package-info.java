/**
 * {@code isospin bench start, wiring, cli}: measurements that start Isospin's own programs, each on a folder, a port and
 * where needed a host of its own, all of which are gone afterwards.
 */
@NullMarked
package io.isospin.lab.bench;

import org.jspecify.annotations.NullMarked;
