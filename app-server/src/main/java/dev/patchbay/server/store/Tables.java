package dev.patchbay.server.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The tables that a database has, as it describes itself; names in lower case.
final class Tables {
    /// What is not part of a company's data: the migrations' own list, what is on its way, and which servers run.
    private static final Set<String> PASSING = Set.of("flyway_schema_history", "lead_change", "node", "node_line");

    /// @param type the standard's name of the type, in lower case
    record Column(String name, String type) {}

    record Table(String name, List<Column> columns, List<String> key) {}

    private Tables() {}

    /// All tables that hold data, those that others refer to first.
    static List<Table> of(Connection connection) throws SQLException {
        Map<String, List<Column>> columns = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement("""
                select c.table_name, c.column_name, c.data_type from information_schema.columns c
                join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
                where c.table_schema = ? and t.table_type = 'BASE TABLE' order by c.ordinal_position
                """)) {
            query.setString(1, connection.getSchema());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String table = lower(rows.getString(1));
                    if (!PASSING.contains(table)) {
                        columns.computeIfAbsent(table, _ -> new ArrayList<>())
                                .add(new Column(lower(rows.getString(2)), lower(rows.getString(3))));
                    }
                }
            }
        }
        DatabaseMetaData about = connection.getMetaData();
        Map<String, Table> tables = new TreeMap<>();
        Map<String, Set<String>> needs = new HashMap<>();
        for (Map.Entry<String, List<Column>> table : columns.entrySet()) {
            String stored = stored(about, table.getKey());
            tables.put(
                    table.getKey(),
                    new Table(table.getKey(), table.getValue(), key(about, connection.getSchema(), stored)));
            needs.put(table.getKey(), needs(about, connection.getSchema(), stored));
        }
        return ordered(tables, needs);
    }

    private static List<String> key(DatabaseMetaData about, String schema, String table) throws SQLException {
        Map<Integer, String> key = new TreeMap<>();
        try (ResultSet rows = about.getPrimaryKeys(null, schema, table)) {
            while (rows.next()) {
                key.put(rows.getInt("KEY_SEQ"), lower(rows.getString("COLUMN_NAME")));
            }
        }
        return List.copyOf(key.values());
    }

    private static Set<String> needs(DatabaseMetaData about, String schema, String table) throws SQLException {
        Set<String> needs = new TreeSet<>();
        try (ResultSet rows = about.getImportedKeys(null, schema, table)) {
            while (rows.next()) {
                needs.add(lower(rows.getString("PKTABLE_NAME")));
            }
        }
        return needs;
    }

    private static List<Table> ordered(Map<String, Table> tables, Map<String, Set<String>> needs) {
        Set<String> placed = new LinkedHashSet<>();
        while (placed.size() < tables.size()) {
            int before = placed.size();
            for (String table : tables.keySet()) {
                boolean ready = needs.getOrDefault(table, Set.of()).stream()
                        .allMatch(other -> other.equals(table) || placed.contains(other) || !tables.containsKey(other));
                if (ready) {
                    placed.add(table);
                }
            }
            if (placed.size() == before) {
                throw new IllegalStateException("tables refer to each other in a circle: " + tables.keySet());
            }
        }
        List<Table> ordered = new ArrayList<>();
        placed.forEach(name -> ordered.add(tables.getOrDefault(name, new Table(name, List.of(), List.of()))));
        return ordered;
    }

    /// As the database itself spells a name.
    private static String stored(DatabaseMetaData about, String name) throws SQLException {
        return about.storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
