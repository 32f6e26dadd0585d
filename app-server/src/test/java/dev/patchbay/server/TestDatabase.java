package dev.patchbay.server;

import dev.patchbay.server.store.Database;
import java.util.Locale;
import java.util.UUID;

/// A fresh, empty database for one test. Which kind: what [OnPostgres] says for the class that runs, H2 without it,
/// or for every class what the system property `patchbay.test.database` names.
public record TestDatabase(Kind kind, String url, String user, String password) {
    /// What Patchbay runs on.
    public enum Kind {
        H2,
        POSTGRESQL
    }

    private static volatile Kind current =
            Kind.valueOf(System.getProperty("patchbay.test.database", "h2").toUpperCase(Locale.ROOT));

    static Kind current() {
        return current;
    }

    static void use(Kind kind) {
        current = kind;
    }

    public static TestDatabase fresh() {
        return fresh(current);
    }

    public static TestDatabase fresh(Kind kind) {
        return switch (kind) {
            // One in memory goes 30 s after its last connection: those of earlier tests do not pile up.
            case H2 ->
                new TestDatabase(
                        kind, "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=30;LOCK_TIMEOUT=20000", "sa", "");
            case POSTGRESQL -> TestPostgres.fresh();
        };
    }

    public Database.Address address(int connections) {
        return Database.Address.of(url, user, password, connections);
    }

    /// Gives back its room; connections that are still open are cut.
    public void drop() {
        if (kind == Kind.POSTGRESQL) {
            TestPostgres.drop(this);
        }
    }
}
