package dev.patchbay.server;

import dev.patchbay.server.store.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.UUID;

/// One real PostgreSQL per test JVM, from Maven, started when the first test needs it; works as root too.
///
/// A test's database is a copy of one that was migrated once: 50 ms in place of 500.
public final class TestPostgres {
    private static final String TEMPLATE = "patchbay_template";
    private static final EmbeddedPostgres SERVER = start();

    private TestPostgres() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    // Nothing here has to outlive a loss of power.
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "300")
                    .setServerConfig("shared_buffers", "32MB")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
            run(server, "create database " + TEMPLATE);
            String url = server.getJdbcUrl("postgres", TEMPLATE);
            Database.open(Database.Address.of(url, "postgres", "", 2), InstantSource.system())
                    .close();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL's programs could not be started", e);
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestDatabase fresh() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        run(SERVER, "create database " + name + " template " + TEMPLATE);
        return at(name);
    }

    /// A database without a schema.
    public static TestDatabase empty() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        run(SERVER, "create database " + name);
        return at(name);
    }

    /// A database without a schema whose owner is no superuser and may make neither roles nor databases.
    public static TestDatabase ownedByNobodySpecial() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        run(SERVER, "create role " + name + " login nosuperuser nocreaterole nocreatedb");
        run(SERVER, "create database " + name + " owner " + name);
        TestDatabase made = at(name);
        return new TestDatabase(made.kind(), made.url(), name, "");
    }

    /// Where initdb, pg_ctl and the others are.
    static Path programs() {
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select setting from pg_config where name = 'BINDIR'")) {
            row.next();
            return Path.of(row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestDatabase at(String name) {
        String url = "jdbc:postgresql://localhost:" + SERVER.getPort() + "/" + name;
        return new TestDatabase(TestDatabase.Kind.POSTGRESQL, url, "postgres", "");
    }

    static void drop(TestDatabase database) {
        String name = database.url().substring(database.url().lastIndexOf('/') + 1);
        run(SERVER, "drop database if exists " + name + " with (force)");
    }

    private static void run(EmbeddedPostgres server, String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
