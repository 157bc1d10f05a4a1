package io.isospin.server.store.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** The ways into one database. */
interface Connections extends AutoCloseable {
    Dialect dialect();

    /** A connection of the caller's own, for as long as it likes. */
    Statements open() throws SQLException;

    /** A connection for one reading transaction, waiting for one where all are lent. */
    Statements borrow() throws SQLException;

    /** Takes back what was borrowed. */
    void giveBack(Statements connection);

    /** What an operator is told of a failure. */
    RuntimeException failure(SQLException e);

    /** How long after a commit of another server its readers may notice; empty where there is no other server. */
    Optional<Duration> others();

    @Override
    void close() throws SQLException;
}
