package io.isospin.server.store.sql;

import io.isospin.server.store.StoreException;
import java.sql.SQLException;
import java.util.Locale;

/** What a database error means to an operator. */
final class SqlFailure {
    private SqlFailure() {}

    static StoreException of(SQLException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("sqlite_full")) {
            return new StoreException("The database's disk is full: free space there; nothing was changed.", e);
        }
        if (text.contains("sqlite_readonly") || text.contains("sqlite_ioerr")) {
            return new StoreException(
                    "The database's file cannot be written (" + e.getMessage() + "): see to its disk and owner.", e);
        }
        if (text.contains("sqlite_corrupt") || text.contains("sqlite_notadb")) {
            return new StoreException(
                    "The database's file is damaged (" + e.getMessage() + "): restore it from a backup.", e);
        }
        if (text.contains("sqlite_busy")) {
            return new StoreException(
                    "Another program holds the database's file and does not let go: see to it that one server alone"
                            + " uses it.",
                    e);
        }
        return new StoreException("The database failed: " + e.getMessage(), e);
    }
}
