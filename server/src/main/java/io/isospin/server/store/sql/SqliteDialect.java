package io.isospin.server.store.sql;

import io.isospin.core.schema.Attribute;
import io.isospin.server.store.Query;
import java.sql.SQLException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** SQLite: one file, one writer at a time, one program. */
final class SqliteDialect implements Dialect {
    @Override
    public void beginWrite(Statements sql) throws SQLException {
        sql.run("BEGIN IMMEDIATE");
    }

    @Override
    public void beginRead(Statements sql) throws SQLException {
        sql.run("BEGIN");
    }

    @Override
    public String lockedHead() {
        return "SELECT revision, turn FROM log_head WHERE id = 1";
    }

    @Override
    public Optional<String> guard() {
        return Optional.empty();
    }

    @Override
    public boolean savepointsPile() {
        return true;
    }

    @Override
    public String scalar(Attribute attribute) {
        return "COALESCE(json_extract(doc, '$.\"" + attribute.name() + "\"'), '')";
    }

    @Override
    public String sortKey(Attribute attribute) {
        // SQLite's values keep their type: numbers sort as numbers.
        return scalar(attribute);
    }

    @Override
    public Object sortValue(Attribute attribute, JsonNode value) {
        return Query.comparable(value);
    }

    @Override
    public String addressPrefix() {
        return "%\"ip!_address\":\"%";
    }

    @Override
    public String addUsage() {
        return "INSERT INTO quota_usage (project_id, resource, used) VALUES (?, ?, ?)"
                + " ON CONFLICT (project_id, resource) DO UPDATE SET used = used + excluded.used";
    }

    @Override
    public String setRange() {
        return "INSERT INTO free_ranges (pool, first_item, last_item) VALUES (?, ?, ?)"
                + " ON CONFLICT (pool, first_item) DO UPDATE SET last_item = excluded.last_item";
    }

    @Override
    public boolean duplicate(SQLException failure) {
        String text = String.valueOf(failure.getMessage());
        return text.contains("SQLITE_CONSTRAINT_PRIMARYKEY") || text.contains("SQLITE_CONSTRAINT_UNIQUE");
    }

    @Override
    public boolean passing(SQLException failure) {
        // The driver has waited for busy_timeout already.
        return false;
    }

    @Override
    public boolean lost(SQLException failure) {
        return false;
    }
}
