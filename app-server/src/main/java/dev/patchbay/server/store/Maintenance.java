package dev.patchbay.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/// What is done to a whole database at a terminal: migrations, backups, resets. A server need not run; where PostgreSQL
/// has some, a backup may be taken meanwhile, and everything else needs them stopped.
public final class Maintenance implements AutoCloseable {
    private final DataSource source;
    private final Dialect dialect;
    private final Schema schema;
    private final InstantSource clock;
    /// H2 opens its file with the first connection and closes it with the last.
    private final Connection keeper;

    /// What cannot be done, in one sentence for a person.
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Refused(String message) {
            super(message);
        }
    }

    /// @param schema the version of the tables
    public record Outcome(String schema, int tables, long rows) {}

    private Maintenance(DataSource source, Dialect dialect, InstantSource clock) throws SQLException {
        this.source = source;
        this.dialect = dialect;
        this.schema = new Schema(source, dialect);
        this.clock = clock;
        this.keeper = source.getConnection();
    }

    /// Connects and changes nothing.
    ///
    /// @throws IllegalStateException with the database's own failure as its cause
    public static Maintenance open(Database.Address address, InstantSource clock) {
        Dialect dialect = Dialect.of(address.url());
        try {
            return new Maintenance(
                    switch (dialect) {
                        case H2 -> h2(address);
                        case POSTGRESQL -> Pool.patient(address);
                    },
                    dialect,
                    clock);
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be opened", e);
        }
    }

    private static DataSource h2(Database.Address address) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(address.url());
        source.setUser(address.user());
        source.setPassword(address.password());
        return source;
    }

    public Schema schema() {
        return schema;
    }

    /// Writes everything into one file, as it stood at one moment.
    ///
    /// @throws Refused when there is nothing to back up, or more than this program knows
    public Outcome backup(Path file) {
        schema.requireKnown();
        String version =
                schema.current().orElseThrow(() -> new Refused("There is nothing to back up: the database is empty."));
        try (Connection connection = source.getConnection()) {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(
                    switch (dialect) {
                        case H2 -> Connection.TRANSACTION_SERIALIZABLE;
                        case POSTGRESQL -> Connection.TRANSACTION_REPEATABLE_READ;
                    });
            connection.setAutoCommit(false);
            Archive.Manifest written = Archive.write(connection, version, dialect.name(), clock.instant(), file);
            connection.rollback();
            return outcome(written);
        } catch (SQLException e) {
            throw new IllegalStateException("the backup failed", e);
        }
    }

    private static Outcome outcome(Archive.Manifest manifest) {
        return new Outcome(
                manifest.schema(),
                manifest.tables().size(),
                manifest.tables().stream().mapToLong(Archive.Part::rows).sum());
    }

    /// Loads a backup into an empty database and brings the tables up to this program's version.
    ///
    /// @param replace whether what is there may go
    /// @throws Refused when the file is damaged or newer than this program, or something is there already
    public Outcome restore(Path file, boolean replace) {
        Archive.Manifest manifest = Archive.verified(file);
        if (!schema.knows(manifest.schema())) {
            throw new Refused("The backup has schema version " + manifest.schema() + ", which this program ("
                    + schema.newest() + ") does not know. Restore it with the Patchbay that made it, or a newer one.");
        }
        if (!replace && holdsCompanies()) {
            throw new Refused(
                    "The database holds data already. Choose an empty one, or add --replace to remove what is there.");
        }
        clear();
        schema.migrateTo(manifest.schema());
        load(manifest, file, true);
        schema.migrate();
        return outcome(manifest);
    }

    /// Removes everything and makes the tables anew.
    public void reset() {
        clear();
        schema.migrate();
    }

    /// Takes the newest migration back: its tables and columns go, with what is in them; everything else stays.
    ///
    /// Migrations only know the way up. So everything is backed up, the tables are made anew up to the version
    /// before, and the backup is loaded as far as it fits.
    ///
    /// @param folder where the backup is kept
    /// @return the backup
    /// @throws Refused when there is none, or when the rows do not fit the older tables; nothing has changed then
    public Path undo(Path folder) {
        schema.requireKnown();
        List<String> ran = schema.applied();
        if (ran.size() < 2) {
            throw new Refused("There is no migration that could be taken back.");
        }
        Path file = folder.resolve("patchbay-before-undo-" + ran.getLast() + "-"
                + DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss")
                        .withZone(ZoneOffset.UTC)
                        .format(clock.instant())
                + ".zip");
        backup(file);
        Archive.Manifest manifest = Archive.verified(file);
        clear();
        schema.migrateTo(ran.get(ran.size() - 2));
        try {
            load(manifest, file, false);
        } catch (RuntimeException e) {
            clear();
            schema.migrateTo(manifest.schema());
            load(manifest, file, true);
            throw new Refused(
                    "Migration " + ran.getLast() + " cannot be taken back: what the database holds does not fit"
                            + " the older tables (" + e.getMessage() + "). Nothing has changed.");
        }
        return file;
    }

    private void load(Archive.Manifest manifest, Path file, boolean whole) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            if (dialect == Dialect.POSTGRESQL) {
                try (Statement statement = connection.createStatement()) {
                    // What is restored was told when it happened.
                    statement.execute("set patchbay.own = '1'");
                }
            }
            Archive.load(connection, manifest, file, whole);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("the rows could not be loaded: " + e.getMessage(), e);
        }
    }

    /// Whether there is anything that somebody would miss.
    public boolean holdsCompanies() {
        if (schema.current().isEmpty()) {
            return false;
        }
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1 from company limit 1")) {
            return rows.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Only what Patchbay has made: tables of another program in the same place stay, and this is refused.
    private void clear() {
        if (schema.current().isPresent()) {
            schema.clear();
            return;
        }
        Optional<String> stranger = stranger();
        if (stranger.isPresent()) {
            throw new Refused("The database holds tables that are not Patchbay's, such as " + stranger.get()
                    + ". Choose another database.");
        }
    }

    private Optional<String> stranger() {
        try (Connection connection = source.getConnection()) {
            return Tables.of(connection).stream().map(Tables.Table::name).findFirst();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            keeper.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
