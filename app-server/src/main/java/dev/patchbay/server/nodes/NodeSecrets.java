package dev.patchbay.server.nodes;

import dev.patchbay.server.store.Database;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Secrets that all nodes of a database share without anybody setting them up. Whoever can read the database can read
/// them; who wants them elsewhere sets `JWT_SECRET`.
public final class NodeSecrets {
    private NodeSecrets() {}

    /// The secret of this name, made by the first node that asks.
    ///
    /// @param fresh what it becomes when there is none yet
    public static String shared(Database database, String name, Supplier<String> fresh) {
        return find(database, name).orElseGet(() -> {
            try {
                database.acrossCompanies(
                        handle -> handle.createUpdate("insert into node_secret (name, secret) values (:name, :secret)")
                                .bind("name", name)
                                .bind("secret", fresh.get())
                                .execute());
            } catch (UnableToExecuteStatementException e) {
                if (!Database.isDuplicate(e)) {
                    throw e;
                }
                // Another node was first; its secret is as good.
            }
            return find(database, name).orElseThrow();
        });
    }

    private static java.util.Optional<String> find(Database database, String name) {
        return database.acrossCompanies(
                handle -> handle.createQuery("select secret from node_secret where name = :name")
                        .bind("name", name)
                        .mapTo(String.class)
                        .findOne());
    }
}
