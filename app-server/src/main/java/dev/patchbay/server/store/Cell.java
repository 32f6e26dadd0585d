package dev.patchbay.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// How a column's value is written in a backup: the same for both databases.
enum Cell {
    UUID,
    TEXT,
    JSON,
    WHOLE,
    DECIMAL,
    TRUTH,
    TIME,
    DAY,
    BYTES;

    /// @throws IllegalArgumentException for a type that no table has had so far
    static Cell of(String type) {
        return switch (type) {
            case "uuid" -> UUID;
            case "character varying", "text", "character large object", "character" -> TEXT;
            case "jsonb", "json" -> JSON;
            case "bigint", "integer", "smallint" -> WHOLE;
            case "double precision", "numeric", "real" -> DECIMAL;
            case "boolean" -> TRUTH;
            case "timestamp with time zone" -> TIME;
            case "date" -> DAY;
            case "bytea", "binary varying", "binary large object" -> BYTES;
            default -> throw new IllegalArgumentException("a backup cannot hold a column of type " + type);
        };
    }

    /// What stands for the value in an insert.
    String parameter() {
        return this == JSON ? "cast(? as jsonb)" : "?";
    }

    JsonNode read(ResultSet row, int column) throws SQLException {
        JsonNodeFactory make = JsonNodeFactory.instance;
        JsonNode value =
                switch (this) {
                    case UUID, TEXT, JSON -> make.textNode(row.getString(column));
                    case WHOLE -> make.numberNode(row.getLong(column));
                    case DECIMAL -> make.numberNode(row.getBigDecimal(column));
                    case TRUTH -> make.booleanNode(row.getBoolean(column));
                    case TIME -> {
                        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
                        yield time == null
                                ? make.nullNode()
                                : make.textNode(time.toInstant().toString());
                    }
                    case DAY -> {
                        LocalDate day = row.getObject(column, LocalDate.class);
                        yield day == null ? make.nullNode() : make.textNode(day.toString());
                    }
                    case BYTES -> {
                        byte[] bytes = row.getBytes(column);
                        yield bytes == null ? make.nullNode() : make.binaryNode(bytes);
                    }
                };
        return row.wasNull() ? make.nullNode() : value;
    }

    void write(PreparedStatement insert, int parameter, JsonNode value) throws SQLException, IOException {
        if (value.isNull()) {
            insert.setNull(parameter, sqlType());
            return;
        }
        switch (this) {
            case UUID -> insert.setObject(parameter, java.util.UUID.fromString(value.asText()));
            case TEXT, JSON -> insert.setString(parameter, value.asText());
            case WHOLE -> insert.setLong(parameter, value.longValue());
            case DECIMAL -> insert.setBigDecimal(parameter, value.decimalValue());
            case TRUTH -> insert.setBoolean(parameter, value.booleanValue());
            case TIME ->
                insert.setObject(parameter, Instant.parse(value.asText()).atOffset(ZoneOffset.UTC));
            case DAY -> insert.setObject(parameter, LocalDate.parse(value.asText()));
            case BYTES -> insert.setBytes(parameter, value.binaryValue());
        }
    }

    private int sqlType() {
        return switch (this) {
            case UUID -> Types.OTHER;
            case TEXT, JSON -> Types.VARCHAR;
            case WHOLE -> Types.BIGINT;
            case DECIMAL -> Types.NUMERIC;
            case TRUTH -> Types.BOOLEAN;
            case TIME -> Types.TIMESTAMP_WITH_TIMEZONE;
            case DAY -> Types.DATE;
            case BYTES -> Types.BINARY;
        };
    }
}
