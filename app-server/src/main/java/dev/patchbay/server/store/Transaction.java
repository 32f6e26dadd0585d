package dev.patchbay.server.store;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.EventType;
import dev.patchbay.model.Json;
import dev.patchbay.model.Payload;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/// A database transaction bound to one company.
///
/// Statements made here have `:company` bound already, so that every one can and must say `company_id = :company`.
/// Used on the thread that opened it only.
public final class Transaction {
    private final Handle handle;
    private final CompanyId company;
    private final Dialect dialect;
    private final Instant now;
    private final List<Outgoing> events = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final AuditChain audits = new AuditChain(this);

    record Outgoing(EventType type, Audience audience, String subject, String payload) {}

    Transaction(Handle handle, CompanyId company, Dialect dialect, Instant now) {
        this.handle = handle;
        this.company = company;
        this.dialect = dialect;
        this.now = now;
    }

    public CompanyId company() {
        return company;
    }

    /// The time of the whole transaction, to the millisecond.
    public Instant now() {
        return now;
    }

    public Dialect dialect() {
        return dialect;
    }

    /// For what [#query] and [#update] cannot say, such as batches.
    public Handle handle() {
        return handle;
    }

    public Query query(String sql) {
        return handle.createQuery(sql).bind("company", company.value());
    }

    public Update update(String sql) {
        return handle.createUpdate(sql).bind("company", company.value());
    }

    /// Tells what happened. Stored last, numbered in commit order, sent after the commit.
    ///
    /// @param subject the id of the thing it is about
    public void emit(EventType type, Audience audience, Object subject, Payload payload) {
        events.add(new Outgoing(type, audience, subject.toString(), Json.write(payload)));
    }

    /// Writes into the audit log what [Actor#current] does. Stored at the end of this transaction, so that the change
    /// and its entry commit together.
    ///
    /// @param action the thing and what happened to it, such as `user.changed`
    /// @param subject what it is about, such as `user:…`
    /// @param detail written as JSON; never a secret. See [Differences]
    public void audit(String action, String subject, Object detail) {
        audit(Actor.current(), action, subject, detail);
    }

    /// As [#audit(String, String, Object)], for a sign-in, where the request does not yet tell who acts.
    public void audit(Actor actor, String action, String subject, Object detail) {
        audits.add(actor, action, subject, detail);
    }

    /// Before [#storeEvents]: the event counter is the last lock.
    void storeAudits() {
        audits.store();
    }

    /// Runs after a successful commit, on this thread, in order; for what must not happen when the transaction fails.
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    List<Runnable> afterCommit() {
        return afterCommit;
    }

    /// Writes the events. The counter row is locked from here to the commit, which makes numbers gap-free and in commit
    /// order.
    List<StoredEvent> storeEvents() {
        if (events.isEmpty()) {
            return List.of();
        }
        int counted = update("update event_counter set seq = seq + :count where company_id = :company")
                .bind("count", events.size())
                .execute();
        if (counted == 0) {
            throw new IllegalStateException("company without an event counter: " + company);
        }
        long last = query("select seq from event_counter where company_id = :company")
                .mapTo(Long.class)
                .one();
        long seq = last - events.size();
        List<StoredEvent> stored = new ArrayList<>(events.size());
        var batch = handle.prepareBatch("""
                insert into event (company_id, seq, at, type, audience, subject, payload)
                values (:company, :seq, :at, :type, :audience, :subject, %s)
                """.formatted(dialect.jsonParameter("payload")));
        for (Outgoing event : events) {
            seq++;
            stored.add(
                    new StoredEvent(seq, now, event.type().wire(), event.audience(), event.subject(), event.payload()));
            batch.bind("company", company.value())
                    .bind("seq", seq)
                    .bind("at", now.atOffset(ZoneOffset.UTC))
                    .bind("type", event.type().wire())
                    .bind("audience", event.audience().text())
                    .bind("subject", event.subject())
                    .bind("payload", event.payload())
                    .add();
        }
        batch.execute();
        return stored;
    }
}
