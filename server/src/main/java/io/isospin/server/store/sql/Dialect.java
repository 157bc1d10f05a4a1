package io.isospin.server.store.sql;

import io.isospin.core.schema.Attribute;
import java.sql.SQLException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where the engines differ: nearly all statements are the same text for both. */
interface Dialect {
    /** Opens a transaction that writes, where that takes a statement. */
    void beginWrite(Statements sql) throws SQLException;

    /** Opens a transaction that sees one state, where that takes a statement. */
    void beginRead(Statements sql) throws SQLException;

    /** Reads revision and turn in {@code log_head}, which it keeps for this transaction alone. */
    String lockedHead();

    /**
     * What a compound statement begins with that writes only where nobody else has: it takes the last revision, and the turn
     * that {@code log_head} must be at. Empty where a lock costs no round trip.
     */
    Optional<String> guard();

    /** Whether a savepoint outlives another of the same name, and must be released. */
    boolean savepointsPile();

    /** The scalar value of an attribute that only the document has; empty text where it is null or absent. */
    String scalar(Attribute attribute);

    /** What sorts an attribute that only the document has in the order of its type. */
    String sortKey(Attribute attribute);

    /** A marker's value, as {@link #sortKey} shows it. */
    Object sortValue(Attribute attribute, JsonNode value);

    /** How the text of an array in a document begins an address, before LIKE's own signs. */
    String addressPrefix();

    /** Adds to a project's count of a resource, whether or not it has one. */
    String addUsage();

    /** Makes a free range that begins where it does end where it is to end, whether or not there was one. */
    String setRange();

    /** Whether a row with the same key is there already. */
    boolean duplicate(SQLException failure);

    /** Whether the same transaction, sent again, may well succeed. */
    boolean passing(SQLException failure);

    /** Whether the connection is gone. */
    boolean lost(SQLException failure);
}
