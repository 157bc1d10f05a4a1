/**
 * Where resources are kept: what a decision may read ({@link io.isospin.server.store.View}), what it may ask for
 * ({@link io.isospin.server.store.Change}), and the transaction that makes it true together with its change log.
 */
@NullMarked
package io.isospin.server.store;

import org.jspecify.annotations.NullMarked;
