/** Tests of the store against a model. */
@NullMarked
package io.isospin.server.store.sql;

import org.jspecify.annotations.NullMarked;
