/**
 * Every resource's attribute table, declared once.
 *
 * <p>{@link io.isospin.core.schema.Catalogue} lists the resources. Parsing, validation messages, filters, sorting,
 * fields, who sees and sets what, and the command line's columns all come from here; adding an attribute is one line.
 */
@NullMarked
package io.isospin.core.schema;

import org.jspecify.annotations.NullMarked;
