package dev.patchbay.server.store;

import dev.patchbay.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The append side of the audit log: the entries of one transaction, linked to the chain at its end.
final class AuditChain {
    private final Transaction transaction;
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(Actor actor, String action, String subject, String detail) {}

    private record Head(long seq, String hash) {}

    AuditChain(Transaction transaction) {
        this.transaction = transaction;
    }

    void add(Actor actor, String action, String subject, Object detail) {
        entries.add(new Entry(actor, action, subject, Json.write(detail)));
    }

    /// Writes the entries. The head's row is locked from here to the commit.
    void store() {
        if (entries.isEmpty()) {
            return;
        }
        Head head = lock();
        List<AuditRow> rows = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            AuditRow row = new AuditRow(
                            transaction.company(),
                            head.seq() + 1,
                            transaction.now(),
                            entry.actor().id(),
                            entry.actor().name(),
                            entry.action(),
                            entry.subject(),
                            entry.detail(),
                            entry.actor().address(),
                            head.hash(),
                            "")
                    .hashed();
            rows.add(row);
            head = new Head(row.seq(), row.hash());
        }
        insert(rows);
        transaction
                .update("update audit_head set seq = :seq, hash = :hash where company_id = :company")
                .bind("seq", head.seq())
                .bind("hash", head.hash())
                .execute();
    }

    private void insert(List<AuditRow> rows) {
        var batch = transaction.handle().prepareBatch("""
                insert into audit (company_id, seq, at, actor_id, actor_name, action, subject, detail, address, previous,
                                   hash)
                values (:company, :seq, :at, :actor, :name, :action, :subject, :detail, :address, :previous, :hash)
                """);
        for (AuditRow row : rows) {
            batch.bind("company", row.company().value())
                    .bind("seq", row.seq())
                    .bind("at", row.at())
                    .bindByType("actor", row.actorId(), UUID.class)
                    .bind("name", row.actorName())
                    .bind("action", row.action())
                    .bind("subject", row.subject())
                    .bind("detail", row.detail())
                    .bind("address", row.address())
                    .bind("previous", row.previous())
                    .bind("hash", row.hash())
                    .add();
        }
        batch.execute();
    }

    private Head lock() {
        return head().orElseGet(() -> {
            // The first entry of a company: of two that come at once the second waits here and finds the head.
            transaction
                    .query("select id from company where id = :company for update")
                    .mapTo(UUID.class)
                    .one();
            return head().orElseGet(() -> {
                transaction
                        .update("insert into audit_head (company_id, seq, hash) values (:company, 0, :hash)")
                        .bind("hash", AuditRow.BEGINNING)
                        .execute();
                return new Head(0, AuditRow.BEGINNING);
            });
        });
    }

    private Optional<Head> head() {
        return transaction
                .query("select seq, hash from audit_head where company_id = :company for update")
                .map((row, _) -> new Head(row.getLong("seq"), row.getString("hash")))
                .findOne();
    }
}
