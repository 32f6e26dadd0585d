package dev.patchbay.server.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.patchbay.model.CompanyId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one way to the database. Thread-safe; every call blocks the calling thread.
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int TRIES = 5;

    private final HikariDataSource pool;
    private final Address address;
    private final Jdbi jdbi;
    private final Dialect dialect;
    private final InstantSource clock;
    private final Wall wall;
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();

    /// Told after each commit that stored events, on the committing thread: it must only ring and return.
    public interface CommitListener {
        void committed(CompanyId company, List<StoredEvent> events);
    }

    /// Where the database is.
    ///
    /// @param url a JDBC URL; see [#embedded] for a file
    public record Address(String url, String user, String password, int poolSize) {
        /// H2 in a file of the data folder. `WRITE_DELAY=0`: without it a kill loses acknowledged commits.
        public static Address embedded(java.nio.file.Path folder) {
            String file = folder.toAbsolutePath().resolve("patchbay").toString();
            return new Address(
                    "jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=5000;CACHE_SIZE=16384",
                    "patchbay",
                    "",
                    10);
        }

        /// H2 or PostgreSQL by its address, which may hold user and password.
        public static Address of(String url, String user, String password, int poolSize) {
            if (!PostgresUrl.matches(url)) {
                return new Address(url, user, password, poolSize);
            }
            PostgresUrl read = PostgresUrl.parse(url);
            return new Address(
                    read.jdbc(), read.user().orElse(user), read.password().orElse(password), poolSize);
        }

        @Override
        public String toString() {
            return url;
        }
    }

    private Database(HikariDataSource pool, Address address, Dialect dialect, InstantSource clock) {
        this.pool = pool;
        this.address = address;
        this.dialect = dialect;
        this.clock = clock;
        this.jdbi = Jdbi.create(pool);
        Mapping.install(jdbi);
        this.wall = Wall.of(jdbi, dialect);
    }

    /// Connects and brings the schema up to date.
    ///
    /// @throws Schema.TooNew when a newer program has migrated it
    /// @throws RuntimeException when the database cannot be reached or is locked by another process
    public static Database open(Address address, InstantSource clock) {
        Dialect dialect = Dialect.of(address.url());
        if (dialect == Dialect.POSTGRESQL) {
            // Before the pool, whose connections begin with a function that the migrations make.
            new Schema(Pool.patient(address), dialect).migrate();
        }
        HikariDataSource pool = Pool.open(address, dialect);
        try {
            if (dialect == Dialect.H2) {
                new Schema(pool, dialect).migrate();
            }
            return new Database(pool, address, dialect, clock);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /// A connection outside the pool, for what keeps one for good, such as LISTEN. The caller closes it.
    ///
    /// @param purpose shown to the database's administrator
    /// @param answer how long the server may be silent before the connection counts as broken
    public Connection aside(String purpose, Duration answer) throws SQLException {
        return Pool.aside(address, purpose, answer);
    }

    /// For tests of what stands behind the statements.
    Jdbi jdbi() {
        return jdbi;
    }

    public Dialect dialect() {
        return dialect;
    }

    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// Shows the connection pool's figures in a registry (Micrometer's); once.
    public void meter(Object registry) {
        pool.setMetricRegistry(registry);
    }

    public void onCommit(CommitListener listener) {
        listeners.add(listener);
    }

    /// Reads one company's rows.
    public <T> T read(CompanyId company, Function<Transaction, T> work) {
        return jdbi.inTransaction(handle -> {
            wall.bind(handle, company);
            return work.apply(new Transaction(handle, company, dialect, now()));
        });
    }

    /// Changes one company's rows. Runs `work` again, from the start, when the database reports a deadlock or a lock
    /// time-out; `work` therefore has no effect but through the transaction.
    public <T> T write(CompanyId company, Function<Transaction, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return writeOnce(company, work);
            } catch (JdbiException e) {
                if (attempt == TRIES || !isTransient(e)) {
                    throw e;
                }
                LOG.debug("transaction of company {} will be run again after {}", company, e.getMessage());
            }
        }
    }

    /// As [#write], without an outcome.
    public void change(CompanyId company, java.util.function.Consumer<Transaction> work) {
        write(company, transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    private record Committed<T>(T value, Transaction transaction, List<StoredEvent> events) {}

    private <T> T writeOnce(CompanyId company, Function<Transaction, T> work) {
        Once.Key once = Once.KEY.isBound() ? Once.KEY.get() : null;
        boolean insertKey = once != null && !once.inserted() && once.company().equals(company);
        Committed<T> committed = jdbi.inTransaction(handle -> {
            wall.bind(handle, company);
            Transaction transaction = new Transaction(handle, company, dialect, now());
            if (insertKey && once != null) {
                insert(transaction, once);
            }
            T value = work.apply(transaction);
            transaction.storeAudits();
            return new Committed<>(value, transaction, transaction.storeEvents());
        });
        if (insertKey && once != null) {
            once.insertedNow();
        }
        if (!committed.events().isEmpty()) {
            listeners.forEach(listener -> listener.committed(company, committed.events()));
        }
        committed.transaction().afterCommit().forEach(Runnable::run);
        return committed.value();
    }

    private static void insert(Transaction transaction, Once.Key once) {
        boolean known = transaction
                .query("select 1 from command where company_id = :company and principal = :principal and id = :id")
                .bind("principal", once.principal())
                .bind("id", once.id())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (known) {
            throw new Once.Repeated(once.id());
        }
        try {
            transaction
                    .update(
                            "insert into command (company_id, principal, id, at) values (:company, :principal, :id, :at)")
                    .bind("principal", once.principal())
                    .bind("id", once.id())
                    .bind("at", transaction.now().atOffset(ZoneOffset.UTC))
                    .execute();
        } catch (UnableToExecuteStatementException e) {
            if (isDuplicate(e)) {
                throw new Once.Repeated(once.id());
            }
            throw e;
        }
    }

    /// Keeps a command's answer for whoever sends it again.
    public void answered(CompanyId company, Once.Key key, String answer) {
        bound(company, handle -> handle.createUpdate(
                        "update command set answer = :answer where company_id = :company and principal = :principal and id = :id")
                .bind("answer", answer)
                .bind("company", company.value())
                .bind("principal", key.principal())
                .bind("id", key.id())
                .execute());
    }

    /// @return the first answer to a repeated command; empty when it was done but its answer was not kept (a crash in
    /// between)
    public Optional<String> answer(CompanyId company, Once.Key key) {
        return bound(company, handle -> handle.createQuery(
                        "select answer from command where company_id = :company and principal = :principal and id = :id and answer is not null")
                .bind("company", company.value())
                .bind("principal", key.principal())
                .bind("id", key.id())
                .mapTo(String.class)
                .findOne());
    }

    /// For the few statements that span companies: sign-in by e-mail, the list of companies, clean-up.
    public <T> T acrossCompanies(Function<Handle, T> work) {
        return jdbi.inTransaction(handle -> {
            wall.open(handle);
            return work.apply(handle);
        });
    }

    /// One statement for a company, which needs no transaction.
    private <T> T bound(CompanyId company, Function<Handle, T> statement) {
        return jdbi.withHandle(handle -> {
            wall.bind(handle, company);
            return statement.apply(handle);
        });
    }

    /// The events after a cursor, oldest first.
    public List<StoredEvent> eventsAfter(CompanyId company, long after, int limit) {
        return bound(company, handle -> handle.createQuery("""
                        select seq, at, type, audience, subject, payload from event
                        where company_id = :company and seq > :after order by seq limit :limit
                        """)
                .bind("company", company.value())
                .bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> new StoredEvent(
                        row.getLong("seq"),
                        row.getObject("at", java.time.OffsetDateTime.class).toInstant(),
                        row.getString("type"),
                        Audience.parse(row.getString("audience")),
                        row.getString("subject"),
                        row.getString("payload")))
                .list());
    }

    /// The company's last event number; 0 for a company without events.
    public long lastSeq(CompanyId company) {
        return bound(company, handle -> handle.createQuery("select seq from event_counter where company_id = :company")
                .bind("company", company.value())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
    }

    /// Whether a constraint said that the row is there already.
    public static boolean isDuplicate(Throwable failure) {
        return "23505".equals(sqlState(failure));
    }

    /// Whether a failure says that the database cannot be reached or is shut, so that trying again later may help.
    public static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLNonTransientConnectionException) {
                return true;
            }
        }
        String state = sqlState(failure);
        // Class 08 connection, 57P0x PostgreSQL shutting down, 25P03 cut in an idle transaction, 53300 too many
        // connections, 25006 a standby that is not yet the primary; H2: 90067 broken, 90098 and 90121 closed.
        return state.startsWith("08")
                || state.startsWith("57P0")
                || List.of("25P03", "53300", "25006", "90067", "90098", "90121").contains(state);
    }

    /// Whether a failure says that the disk of the database has no room.
    public static boolean isFull(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // 53100: PostgreSQL. H2 passes on what the system said, in the system's words.
            boolean said = cause instanceof SQLException sql && "53100".equals(sql.getSQLState());
            if (said || cause instanceof java.io.IOException && saysFull(cause.getMessage())) {
                return true;
            }
        }
        return false;
    }

    private static boolean saysFull(@Nullable String message) {
        return message != null
                && (message.contains("No space left")
                        || message.contains("Disk quota exceeded")
                        || message.contains("not enough space on the disk"));
    }

    private static boolean isTransient(Throwable failure) {
        String state = sqlState(failure);
        // 40001 serialization failure and deadlock, 40P01 PostgreSQL deadlock, 55P03 its lock time-out, HYT00 that of
        // H2.
        return List.of("40001", "40P01", "55P03", "HYT00").contains(state);
    }

    private static String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    @Override
    public void close() {
        pool.close();
    }
}
