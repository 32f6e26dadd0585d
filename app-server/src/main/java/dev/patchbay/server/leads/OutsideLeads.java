package dev.patchbay.server.leads;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.EventType;
import dev.patchbay.model.Lead;
import dev.patchbay.model.Payload;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Dialect;
import dev.patchbay.server.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells consoles of leads that other programs wrote by SQL (PostgreSQL only; H2 has one program).
///
/// A trigger keeps each such change in `lead_change`, also while no server runs. Four times a second one thread looks
/// there and turns what it finds into events, in order; the events and the removal of the changes are one transaction,
/// so that each is told once. Of several nodes one at a time does it for a company, under an advisory lock.
public final class OutsideLeads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideLeads.class);
    /// Bound on the thread that tells of outside changes: their notices went out with them.
    static final ScopedValue<Boolean> TELLING = ScopedValue.newInstance();

    private static final Duration PACE = Duration.ofMillis(250);
    private static final int BATCH = 200;

    private final Database database;
    private final LeadNotices notices;
    private final Semaphore wakes = new Semaphore(0);
    private final Thread teller =
            Thread.ofPlatform().daemon().name("outside-leads").unstarted(this::run);
    private volatile boolean open = true;

    /// @param before null for a new lead
    /// @param after null for a deleted one
    private record Change(
            long id,
            String op,
            UUID lead,
            @Nullable String before,
            @Nullable String after) {}

    public OutsideLeads(Database database) {
        this.database = database;
        this.notices = new LeadNotices(database);
    }

    /// Without effect on H2.
    public void start() {
        if (database.dialect() == Dialect.POSTGRESQL) {
            notices.start();
            teller.start();
        }
    }

    /// There may be something: look now and not at the next turn.
    public void wake() {
        wakes.release();
    }

    private void run() {
        boolean warned = false;
        while (open) {
            try {
                drain();
                warned = false;
            } catch (RuntimeException e) {
                if (open && !warned) {
                    warned = true;
                    LOG.warn("leads that other programs wrote cannot be read; they are told as soon as they can", e);
                }
            }
            try {
                if (wakes.tryAcquire(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakes.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// Tells of all that other programs changed so far.
    ///
    /// @return of how many changes
    int drain() {
        List<CompanyId> companies =
                database.acrossCompanies(handle -> handle.createQuery("select distinct company_id from lead_change")
                        .map((row, _) -> new CompanyId(row.getObject("company_id", UUID.class)))
                        .list());
        int told = 0;
        for (CompanyId company : companies) {
            try {
                int batch;
                do {
                    batch = tell(company);
                    told += batch;
                } while (batch == BATCH && open);
            } catch (RuntimeException e) {
                if (Database.isAway(e)) {
                    throw e;
                }
                // The other companies' leads need not wait for what is wrong with these.
                LOG.warn("leads of company {} that other programs wrote are not told; tried again", company, e);
            }
        }
        return told;
    }

    private int tell(CompanyId company) {
        return ScopedValue.where(TELLING, true)
                .call(() -> database.<Integer>write(company, transaction -> {
                    if (!alone(transaction)) {
                        return 0;
                    }
                    List<Change> changes = changes(transaction);
                    changes.forEach(change -> tell(transaction, change));
                    forget(transaction, changes);
                    return changes.size();
                }));
    }

    /// Until the end of the transaction no other node tells for this company.
    private static boolean alone(Transaction transaction) {
        return transaction
                .query("select pg_try_advisory_xact_lock(hashtextextended('lead_change ' || :company, 0))")
                .mapTo(Boolean.class)
                .one();
    }

    private static List<Change> changes(Transaction transaction) {
        return transaction
                .query("""
                        select id, op, lead_id, before, after from lead_change
                        where company_id = :company order by id limit :batch
                        """)
                .bind("batch", BATCH)
                .map((row, _) -> new Change(
                        row.getLong("id"),
                        row.getString("op"),
                        row.getObject("lead_id", UUID.class),
                        row.getString("before"),
                        row.getString("after")))
                .list();
    }

    /// The row as it is now, not as the change left it: Patchbay may have changed it since and told so, and a console
    /// must not go back.
    private static void tell(Transaction transaction, Change change) {
        Optional<Lead> now = LeadTable.hold(transaction, change.lead());
        Lead before = change.before() == null ? null : LeadTable.kept(transaction, change.before());
        if (change.after() == null) {
            // Written again under the same id: the change that did it follows.
            emit(transaction, EventType.LEAD_DELETED, before, before);
            return;
        }
        EventType what = before == null ? EventType.LEAD_CREATED : EventType.LEAD_UPDATED;
        if (now.isPresent()) {
            emit(transaction, what, before, now.get());
        } else if (deletedLater(transaction, change)) {
            emit(transaction, what, before, LeadTable.kept(transaction, change.after()));
        }
        // Otherwise Patchbay itself removed it and told so: it must not come back.
    }

    private static void emit(Transaction transaction, EventType what, @Nullable Lead before, @Nullable Lead after) {
        if (after != null) {
            transaction.emit(
                    what,
                    LeadSight.audience(before == null ? after : before, after),
                    after.id(),
                    new Payload.OfLead(after));
        }
    }

    private static boolean deletedLater(Transaction transaction, Change change) {
        return transaction
                .query("""
                        select 1 from lead_change
                        where company_id = :company and lead_id = :lead and id > :id and op = 'DELETE' limit 1
                        """)
                .bind("lead", change.lead())
                .bind("id", change.id())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /// One by one: a change with a lower number may have been committed since they were read.
    private static void forget(Transaction transaction, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        var batch =
                transaction.handle().prepareBatch("delete from lead_change where company_id = :company and id = :id");
        for (Change change : changes) {
            batch.bind("company", transaction.company().value())
                    .bind("id", change.id())
                    .add();
        }
        batch.execute();
    }

    @Override
    public void close() {
        open = false;
        teller.interrupt();
        notices.close();
        if (!teller.isAlive()) {
            return;
        }
        try {
            teller.join(Duration.ofSeconds(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
