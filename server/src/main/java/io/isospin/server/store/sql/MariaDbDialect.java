package io.isospin.server.store.sql;

import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.Type;
import io.isospin.server.store.Query;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * MariaDB with InnoDB, alone or as a Galera cluster, for any number of servers. Connections do not commit by themselves,
 * so that a transaction begins with its first statement and costs no round trip for that.
 */
final class MariaDbDialect implements Dialect {
    private static final int DUPLICATE = 1062;
    /** Deadlock (which a refused Galera certification is told as), lock wait timeout, row changed since it was read. */
    private static final Set<Integer> PASSING = Set.of(1213, 1205, 1020);
    /** Connection killed, server gone, lost during a query; not a primary component; read-only after a fail-over. */
    private static final Set<Integer> LOST = Set.of(1927, 2006, 2013, 1047, 1290, 1836, 1053);

    @Override
    public void beginWrite(Statements sql) {
        // It begins with the locking read of the head, before which nothing is seen of any state.
    }

    @Override
    public void beginRead(Statements sql) {
        // InnoDB's REPEATABLE READ shows the state as of the first SELECT.
    }

    @Override
    public String lockedHead() {
        return "SELECT revision, turn FROM log_head WHERE id = 1 FOR UPDATE";
    }

    @Override
    public Optional<String> guard() {
        return Optional.of("UPDATE log_head SET revision = ?, turn = turn + 1 WHERE id = 1 AND turn = ?;"
                + " IF ROW_COUNT() <> 1 THEN ROLLBACK; SIGNAL SQLSTATE '40001'"
                + " SET MYSQL_ERRNO = 1020, MESSAGE_TEXT = 'another server has written'; END IF;");
    }

    @Override
    public boolean savepointsPile() {
        return false;
    }

    @Override
    public String scalar(Attribute attribute) {
        return "COALESCE(JSON_VALUE(doc, '$.\"" + attribute.name() + "\"'), '')";
    }

    @Override
    public String sortKey(Attribute attribute) {
        return numeric(attribute)
                ? "COALESCE(CAST(JSON_VALUE(doc, '$.\"" + attribute.name() + "\"') AS SIGNED), " + Long.MAX_VALUE + ")"
                : scalar(attribute);
    }

    @Override
    public Object sortValue(Attribute attribute, JsonNode value) {
        return numeric(attribute) && value.isNull() ? (Object) Long.MAX_VALUE : Query.comparable(value);
    }

    private static boolean numeric(Attribute attribute) {
        return attribute.type() instanceof Type.Converted;
    }

    @Override
    public String addressPrefix() {
        return "%\"ip!_address\": \"%";
    }

    @Override
    public String addUsage() {
        return "INSERT INTO quota_usage (project_id, resource, used) VALUES (?, ?, ?)"
                + " ON DUPLICATE KEY UPDATE used = used + VALUES(used)";
    }

    @Override
    public String setRange() {
        return "INSERT INTO free_ranges (pool, first_item, last_item) VALUES (?, ?, ?)"
                + " ON DUPLICATE KEY UPDATE last_item = VALUES(last_item)";
    }

    @Override
    public boolean duplicate(SQLException failure) {
        return failure.getErrorCode() == DUPLICATE;
    }

    @Override
    public boolean passing(SQLException failure) {
        return PASSING.contains(failure.getErrorCode()) || "40001".equals(failure.getSQLState());
    }

    @Override
    public boolean lost(SQLException failure) {
        String state = failure.getSQLState();
        return (state != null && state.startsWith("08")) || LOST.contains(failure.getErrorCode());
    }
}
