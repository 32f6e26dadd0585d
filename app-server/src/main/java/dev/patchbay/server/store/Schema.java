package dev.patchbay.server.store;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/// The tables and their migrations. Nodes that start together take turns: Flyway holds a lock in the database.
public final class Schema {
    private final DataSource source;
    private final Dialect dialect;

    /// @param source connections with the owner's rights and without a limit on answers
    Schema(DataSource source, Dialect dialect) {
        this.source = source;
        this.dialect = dialect;
    }

    /// One migration.
    ///
    /// @param at when it ran; null when it has not
    public record Step(
            String version,
            String description,
            String state,
            @Nullable String at) {}

    /// The database was migrated by a newer program.
    public static final class TooNew extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooNew(String theirs, String ours) {
            super(
                    "The database has schema version " + theirs + ", which is newer than this program's " + ours
                            + ". Start a newer Patchbay, or restore a backup of the older one.",
                    null,
                    false,
                    false);
        }
    }

    private FluentConfiguration configuration() {
        return Flyway.configure()
                .dataSource(source)
                .lockRetryCount(300)
                .locations("classpath:db/common", "classpath:" + dialect.migrations())
                .placeholders(Map.of("json", dialect.json()));
    }

    /// Brings the tables up to this program's version.
    ///
    /// @return how many migrations ran
    /// @throws TooNew when the database is further than the program
    public int migrate() {
        return migrate(configuration().load());
    }

    /// Brings the tables up to a version that is not the newest.
    int migrateTo(String version) {
        return migrate(configuration().target(version).load());
    }

    private int migrate(Flyway flyway) {
        requireKnown();
        return flyway.migrate().migrationsExecuted;
    }

    /// @throws TooNew when the database is further than the program
    void requireKnown() {
        Optional<String> unknown = Arrays.stream(configuration().load().info().applied())
                .filter(step -> !step.getState().isResolved())
                .filter(step -> step.getVersion() != null)
                .map(step -> step.getVersion().getVersion())
                .reduce((_, last) -> last);
        if (unknown.isPresent()) {
            throw new TooNew(unknown.get(), newest());
        }
    }

    /// This program's version of the tables.
    public String newest() {
        String newest = "0";
        for (MigrationInfo step : configuration().load().info().all()) {
            if (step.getState().isResolved() && step.getVersion() != null) {
                newest = step.getVersion().getVersion();
            }
        }
        return newest;
    }

    /// Whether this program has a migration of that version.
    boolean knows(String version) {
        return Arrays.stream(configuration().load().info().all())
                .filter(step -> step.getState().isResolved() && step.getVersion() != null)
                .anyMatch(step -> step.getVersion().getVersion().equals(version));
    }

    /// The versions that have run, oldest first.
    List<String> applied() {
        return Arrays.stream(configuration().load().info().applied())
                .filter(step -> step.getVersion() != null)
                .map(step -> step.getVersion().getVersion())
                .toList();
    }

    /// The version that the tables have; empty before the first migration.
    public Optional<String> current() {
        return Optional.ofNullable(configuration().load().info().current())
                .map(step -> step.getVersion().getVersion());
    }

    /// All migrations, those that have run and those that have not, oldest first.
    public List<Step> steps() {
        return Arrays.stream(configuration().load().info().all())
                .filter(step -> step.getVersion() != null)
                .map(step -> new Step(
                        step.getVersion().getVersion(),
                        step.getDescription(),
                        step.getState().getDisplayName(),
                        step.getInstalledOn() == null
                                ? null
                                : step.getInstalledOn().toInstant().toString()))
                .toList();
    }

    /// Removes every table with all that is in it.
    public void clear() {
        configuration().cleanDisabled(false).load().clean();
    }
}
