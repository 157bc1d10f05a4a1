package io.isospin.server.api;

import io.isospin.core.schema.Schema;

/** A key of a query string, as the API's description tells it. Several values are the key several times. */
public record Parameter(String name, Schema schema, String description) {
    /** One that may be there several times. */
    static Parameter many(String name, Schema item, String description) {
        return new Parameter(name, Schema.listOf(item), description);
    }
}
