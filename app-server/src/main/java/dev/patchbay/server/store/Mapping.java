package dev.patchbay.server.store;

import dev.patchbay.model.Id;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/// How our types are bound and read: instants as `timestamp with time zone` (pgjdbc refuses `Instant` itself), ids as
/// `uuid`.
final class Mapping {
    private Mapping() {}

    static void install(Jdbi jdbi) {
        // A failed statement is logged; what was bound to it (names, numbers, hashes) is not.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.SHORT_STATEMENT);
        jdbi.registerArgument(new InstantArgument());
        jdbi.registerArgument(new UuidArgument());
        jdbi.registerArgument(new IdArgument());
        jdbi.registerColumnMapper(Instant.class, (row, column, _) -> {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        });
    }

    private static final class InstantArgument extends AbstractArgumentFactory<Instant> {
        InstantArgument() {
            super(Types.TIMESTAMP_WITH_TIMEZONE);
        }

        @Override
        protected Argument build(Instant value, ConfigRegistry config) {
            return (position, statement, _) -> statement.setObject(position, value.atOffset(ZoneOffset.UTC));
        }
    }

    /// JDBI's own one binds null as text, which PostgreSQL refuses for a column of type `uuid`.
    private static final class UuidArgument extends AbstractArgumentFactory<UUID> {
        UuidArgument() {
            super(Types.OTHER);
        }

        @Override
        protected Argument build(UUID value, ConfigRegistry config) {
            return (position, statement, _) -> statement.setObject(position, value);
        }
    }

    private static final class IdArgument extends AbstractArgumentFactory<Id> {
        IdArgument() {
            super(Types.OTHER);
        }

        @Override
        protected Argument build(Id value, ConfigRegistry config) {
            return (position, statement, _) -> statement.setObject(position, value.value());
        }
    }
}
