/**
 * The store in SQL. All statements are here, written by hand and prepared once per connection: the same text serves
 * SQLite and MariaDB unless a comment says otherwise.
 */
@NullMarked
package io.isospin.server.store.sql;

import org.jspecify.annotations.NullMarked;
