package dev.patchbay.server.live;

import dev.patchbay.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drops events that nobody can resume from any more, and the names of commands that cannot be repeated any more.
///
/// Runs every hour on a daemon thread of its own. The log is cut at its beginning only: a hole in the numbers would be
/// a gap that a resuming client does not notice, also when the clock jumped.
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration COMMANDS_KEPT = Duration.ofHours(24);
    /// Small enough that writers hardly wait for a batch's locks.
    private static final int BATCH = 5_000;

    private final Database database;
    private final Duration kept;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("housekeeping").daemon().factory());

    /// @param kept how long events are kept
    public Housekeeping(Database database, Duration kept) {
        this.database = database;
        this.kept = kept;
    }

    public void start() {
        clock.scheduleWithFixedDelay(this::runQuietly, 1, 60, TimeUnit.MINUTES);
    }

    private void runQuietly() {
        try {
            run();
        } catch (RuntimeException e) {
            LOG.warn("old events and commands could not be dropped; tried again in an hour", e);
        }
    }

    /// @return how many rows were dropped
    public int run() {
        Instant now = database.now();
        int dropped = 0;
        List<UUID> companies = database.acrossCompanies(handle ->
                handle.createQuery("select id from company").mapTo(UUID.class).list());
        for (UUID company : companies) {
            dropped += dropEvents(company, now.minus(kept));
        }
        return dropped
                + database.acrossCompanies(handle -> handle.createUpdate("delete from command where at < :limit")
                        .bind("limit", now.minus(COMMANDS_KEPT))
                        .execute());
    }

    private int dropEvents(UUID company, Instant limit) {
        long end = database.acrossCompanies(handle -> handle.createQuery("""
                        select coalesce(
                            (select min(seq) from event where company_id = :company and at >= :limit),
                            (select max(seq) + 1 from event where company_id = :company),
                            0)
                        """)
                .bind("company", company)
                .bind("limit", limit)
                .mapTo(Long.class)
                .one());
        long begin = database.acrossCompanies(
                handle -> handle.createQuery("select coalesce(min(seq), 0) from event where company_id = :company")
                        .bind("company", company)
                        .mapTo(Long.class)
                        .one());
        int dropped = 0;
        for (long from = begin; from < end; from += BATCH) {
            long to = Math.min(end, from + BATCH);
            dropped += database.acrossCompanies(
                    handle -> handle.createUpdate("delete from event where company_id = :company and seq < :to")
                            .bind("company", company)
                            .bind("to", to)
                            .execute());
        }
        return dropped;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
