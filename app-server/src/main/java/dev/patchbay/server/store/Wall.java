package dev.patchbay.server.store;

import dev.patchbay.model.CompanyId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;

/// Row-level security: PostgreSQL itself shows a transaction the rows of the company that it is bound to, and no other,
/// whatever its statements ask for. H2 has nothing like it; there the statements' own `company_id = :company` stands
/// alone.
///
/// What it stands on is in `db/postgresql/afterMigrate.sql`. The company is a setting of the connection and stays set
/// after a commit, so that the next transaction of the same company need not say it again: a round trip saved.
final class Wall {
    private enum Kind {
        /// H2.
        NONE,
        /// The server works as a role that the policies bind.
        ROLE,
        /// The owner could not make a role; the policies bind the owner while a company is set.
        OWNER
    }

    private final Kind kind;
    /// To which company a connection is bound. Weak: connections come and go.
    private final Map<PGConnection, CompanyId> bound = Collections.synchronizedMap(new WeakHashMap<>());

    private Wall(Kind kind) {
        this.kind = kind;
    }

    static Wall of(Jdbi jdbi, Dialect dialect) {
        return switch (dialect) {
            case H2 -> new Wall(Kind.NONE);
            case POSTGRESQL ->
                new Wall(
                        jdbi.withHandle(handle -> handle.createQuery("select patchbay_role() is not null")
                                        .mapTo(Boolean.class)
                                        .one())
                                ? Kind.ROLE
                                : Kind.OWNER);
        };
    }

    /// Binds a connection to a company; to be called first, in a transaction or without one.
    void bind(Handle handle, CompanyId company) {
        if (kind == Kind.NONE) {
            return;
        }
        PGConnection connection = physical(handle.getConnection());
        if (company.equals(bound.get(connection))) {
            return;
        }
        bound.remove(connection);
        handle.createQuery("select set_config('patchbay.company', :company, false)")
                .bind("company", company.toString())
                .mapTo(String.class)
                .one();
        if (handle.isInTransaction()) {
            // A transaction that fails takes the setting back.
            handle.afterCommit(() -> bound.put(connection, company));
        } else {
            bound.put(connection, company);
        }
    }

    /// Opens the wall until the transaction ends.
    void open(Handle handle) {
        switch (kind) {
            case NONE -> {}
            case ROLE -> handle.execute("set local role none");
            case OWNER -> handle.execute("set local patchbay.company = '*'");
        }
    }

    private static PGConnection physical(Connection connection) {
        try {
            return connection.unwrap(PGConnection.class);
        } catch (SQLException e) {
            throw new IllegalStateException("a connection that is not PostgreSQL's", e);
        }
    }
}
