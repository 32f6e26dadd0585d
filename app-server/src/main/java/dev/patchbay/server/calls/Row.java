package dev.patchbay.server.calls;

import dev.patchbay.model.Id;
import dev.patchbay.server.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// Reads and writes one row by its column names. The names come from this package's own maps, never from outside.
final class Row {
    private Row() {}

    static void insert(Transaction transaction, String table, Map<String, @Nullable Object> columns) {
        String names = String.join(", ", columns.keySet());
        String values = columns.keySet().stream().map(name -> ":" + name).collect(Collectors.joining(", "));
        bind(
                        transaction.update("insert into " + table + " (company_id, " + names + ") values (:company, "
                                + values + ")"),
                        columns)
                .execute();
    }

    /// @param key the column besides `company_id` that names the row
    static void update(Transaction transaction, String table, String key, Map<String, @Nullable Object> columns) {
        String sets = columns.keySet().stream()
                .filter(name -> !name.equals(key))
                .map(name -> name + " = :" + name)
                .collect(Collectors.joining(", "));
        int updated = bind(
                        transaction.update("update " + table + " set " + sets + " where company_id = :company and "
                                + key + " = :" + key),
                        columns)
                .execute();
        if (updated != 1) {
            throw new IllegalStateException(table + " " + columns.get(key) + " is not there to be updated");
        }
    }

    private static Update bind(Update update, Map<String, @Nullable Object> columns) {
        columns.forEach((name, value) -> update.bind(name, value instanceof Id id ? id.value() : value));
        return update;
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static <T extends Id> T id(ResultSet row, String column, Function<UUID, T> type) throws SQLException {
        return type.apply(row.getObject(column, UUID.class));
    }

    static <T extends Id> @Nullable T idOrNull(ResultSet row, String column, Function<UUID, T> type)
            throws SQLException {
        UUID id = row.getObject(column, UUID.class);
        return id == null ? null : type.apply(id);
    }

    static @Nullable Integer number(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }
}
