package io.isospin.server.store.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Statements whose results nobody needs, to be sent in one text. Those on different tables do not depend on each other, so
 * they are put in order by table, and rows for the same INSERT become one statement with many rows.
 */
final class Deferred {
    private static final int MOST = 512;
    /** Well below the smallest {@code max_allowed_packet} that operators set. */
    private static final int MOST_CHARACTERS = 400_000;

    private final Map<String, List<Statement>> byTable = new LinkedHashMap<>();
    private int count;
    private int characters;

    private record Statement(String sql, List<Object> parameters) {}

    /** A compound statement, and its parameters in order. */
    record Block(String sql, List<Object> parameters) {}

    /** {@code sql}: an INSERT, UPDATE or DELETE on one table, which reads no other. */
    void add(String sql, List<Object> parameters) {
        byTable.computeIfAbsent(table(sql), name -> new ArrayList<>()).add(new Statement(sql, parameters));
        count++;
        for (var parameter : parameters) {
            characters += parameter instanceof String text ? text.length() : 8;
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Whether no more should be put off before what there is was sent. */
    boolean isFull() {
        return count >= MOST || characters >= MOST_CHARACTERS;
    }

    void clear() {
        byTable.clear();
        count = 0;
        characters = 0;
    }

    /**
     * All of it as one of MariaDB's compound statements, which answers once, where a list of statements answers for each.
     *
     * @param first what comes first in it, or nothing, and its parameters
     * @param end what comes last in it, or nothing
     */
    Block together(String first, List<Object> its, String end) {
        var sql = new StringBuilder("BEGIN NOT ATOMIC ").append(first);
        var parameters = new ArrayList<>(its);
        for (var statements : byTable.values()) {
            for (int i = 0; i < statements.size(); ) {
                int next = i + 1;
                String text = statements.get(i).sql();
                while (next < statements.size() && statements.get(next).sql().equals(text)) {
                    next++;
                }
                int same = next - i;
                if (text.startsWith("INSERT")) {
                    sql.append(withRows(text, same)).append(';');
                } else {
                    sql.repeat(text + ";", same);
                }
                statements.subList(i, next).forEach(one -> parameters.addAll(one.parameters()));
                i = next;
            }
        }
        return new Block(sql.append(end).append(" END").toString(), parameters);
    }

    /** The second or third word: INSERT INTO t, UPDATE t, DELETE FROM t. */
    private static String table(String sql) {
        int from = sql.startsWith("UPDATE ") ? "UPDATE ".length() : sql.indexOf(' ', sql.indexOf(' ') + 1) + 1;
        return sql.substring(from, sql.indexOf(' ', from));
    }

    private static String withRows(String insert, int rows) {
        int from = insert.indexOf(" VALUES (") + " VALUES ".length();
        int to = insert.indexOf(')', from) + 1;
        String row = insert.substring(from, to);
        return insert.substring(0, to) + (", " + row).repeat(rows - 1) + insert.substring(to);
    }
}
