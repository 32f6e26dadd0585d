package dev.patchbay.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.server.TestDatabase;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds for every table, also for those that are yet to come: keys that distribute by company, ids that nobody
/// can guess, foreign keys with an index, and the time at which a thing came to be.
class SchemaLintTest {
    /// Of the whole installation, not of a company.
    private static final Set<String> SHARED = Set.of("company", "node", "node_secret");
    /// Columns that end in id and name no row: what a client calls its command.
    private static final Set<String> NO_KEYS = Set.of("command.id", "lead_change.id");
    /// Which columns say when a row came to be.
    private static final Set<String> BIRTHS =
            Set.of("created_at", "at", "issued_at", "invited_at", "linked_at", "expires_at");
    /// Short lists of words, sorted by name.
    private static final Set<String> WORDS = Set.of("disposition", "break_reason", "skill");

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void everyTableKeepsTheConventions(TestDatabase.Kind kind) throws SQLException {
        TestDatabase place = TestDatabase.fresh(kind);
        try (Database _ = Database.open(place.address(3), InstantSource.system());
                Connection connection = DriverManager.getConnection(place.url(), place.user(), place.password())) {
            List<String> wrong = new ArrayList<>();
            List<Tables.Table> tables = Tables.of(connection);
            for (Tables.Table table : tables) {
                wrong.addAll(keys(table));
                wrong.addAll(columns(table));
                wrong.addAll(references(connection, table));
            }
            assertThat(tables).hasSizeGreaterThan(20);
            assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
        } finally {
            place.drop();
        }
    }

    private static List<String> keys(Tables.Table table) {
        if (table.key().isEmpty()) {
            return List.of(table.name() + " has no primary key");
        }
        boolean shared = SHARED.contains(table.name());
        return !shared && !table.key().getFirst().equals("company_id")
                ? List.of(table.name() + " does not have company_id first in its key")
                : List.of();
    }

    private static List<String> columns(Tables.Table table) {
        List<String> wrong = new ArrayList<>();
        Map<String, String> types = new HashMap<>();
        for (Tables.Column column : table.columns()) {
            types.put(column.name(), column.type());
            boolean names = column.name().equals("id") || column.name().endsWith("_id");
            if (names && !column.type().equals("uuid") && !NO_KEYS.contains(table.name() + "." + column.name())) {
                wrong.add(table.name() + "." + column.name() + " is " + column.type() + " and not uuid");
            }
            if (column.type().startsWith("timestamp") && !column.type().equals("timestamp with time zone")) {
                wrong.add(table.name() + "." + column.name() + " has no time zone");
            }
            // Throws for a type that a backup cannot hold.
            Cell.of(column.type());
        }
        boolean thing = types.containsKey("id") && !SHARED.contains(table.name()) && !WORDS.contains(table.name());
        if (thing && types.keySet().stream().noneMatch(BIRTHS::contains)) {
            wrong.add(table.name() + " does not say when a row came to be");
        }
        return wrong;
    }

    private static List<String> references(Connection connection, Tables.Table table) throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        String stored = about.storesUpperCaseIdentifiers() ? table.name().toUpperCase(Locale.ROOT) : table.name();
        Map<String, Map<Integer, String>> foreign = new TreeMap<>();
        try (ResultSet rows = about.getImportedKeys(null, connection.getSchema(), stored)) {
            while (rows.next()) {
                foreign.computeIfAbsent(rows.getString("FK_NAME"), _ -> new TreeMap<>())
                        .put(
                                rows.getInt("KEY_SEQ"),
                                rows.getString("FKCOLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        List<List<String>> indices = indices(about, connection.getSchema(), stored);
        List<String> wrong = new ArrayList<>();
        for (Map<Integer, String> key : foreign.values()) {
            List<String> columns = List.copyOf(key.values());
            boolean indexed = indices.stream()
                    .anyMatch(index -> index.size() >= columns.size()
                            && Set.copyOf(index.subList(0, columns.size())).equals(Set.copyOf(columns)));
            if (!indexed) {
                wrong.add(table.name() + " has no index for its foreign key " + columns);
            }
        }
        boolean bound = foreign.values().stream().anyMatch(key -> key.containsValue("company_id"));
        if (!bound && !SHARED.contains(table.name())) {
            wrong.add(table.name() + " refers to no company");
        }
        return wrong;
    }

    private static List<List<String>> indices(DatabaseMetaData about, String schema, String table) throws SQLException {
        Map<String, Map<Integer, String>> indices = new TreeMap<>();
        try (ResultSet rows = about.getIndexInfo(null, schema, table, false, true)) {
            while (rows.next()) {
                if (rows.getString("COLUMN_NAME") != null) {
                    indices.computeIfAbsent(rows.getString("INDEX_NAME"), _ -> new TreeMap<>())
                            .put(
                                    rows.getInt("ORDINAL_POSITION"),
                                    rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
                }
            }
        }
        return indices.values().stream()
                .map(columns -> List.copyOf(columns.values()))
                .toList();
    }
}
