package dev.patchbay.server.audit;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Page;
import dev.patchbay.model.UserId;
import dev.patchbay.server.store.AuditRow;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads and verifies a company's audit log. Thread-safe.
public final class Audit {
    private static final int BATCH = 1_000;

    private final Database database;

    /// @param text what action, subject, actor's name or detail contains; null for any
    /// @param action the whole action, or its beginning up to a dot such as `user`
    /// @param before only entries with a smaller number
    public record Filter(
            @Nullable String text,
            @Nullable UserId actor,
            @Nullable String action,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Long before) {}

    /// What [#verify] found.
    ///
    /// @param rows how many entries are good, from the first on
    /// @param firstBad the number of the first entry that is not as it was written; null when all are
    /// @param because what is wrong with it
    /// @param head the hash of the last good entry
    public record Verdict(
            boolean ok,
            long rows,
            @Nullable Long firstBad,
            @Nullable String because,
            String head) {}

    private record Head(long seq, String hash) {
        static final Head NONE = new Head(0, AuditRow.BEGINNING);
    }

    public Audit(Database database) {
        this.database = database;
    }

    /// The newest first.
    public Page<AuditEntry> list(CompanyId company, Filter filter, int limit) {
        long asOf = database.lastSeq(company);
        return database.read(company, transaction -> {
            List<AuditEntry> entries = select(transaction, filter, limit + 1);
            boolean more = entries.size() > limit;
            List<AuditEntry> page = more ? entries.subList(0, limit) : entries;
            return new Page<>(page, more ? String.valueOf(page.getLast().seq()) : null, asOf);
        });
    }

    private static List<AuditEntry> select(Transaction transaction, Filter filter, int limit) {
        StringBuilder sql = new StringBuilder("select * from audit where company_id = :company");
        Map<String, Object> bound = new HashMap<>();
        if (filter.text() != null) {
            sql.append(" and (lower(action) like :text escape '!' or lower(subject) like :text escape '!'"
                    + " or lower(actor_name) like :text escape '!' or lower(detail) like :text escape '!')");
            bound.put("text", "%" + escaped(filter.text().toLowerCase(Locale.ROOT)) + "%");
        }
        if (filter.actor() != null) {
            sql.append(" and actor_id = :actor");
            bound.put("actor", filter.actor());
        }
        if (filter.action() != null) {
            sql.append(" and (action = :action or action like :actions escape '!')");
            bound.put("action", filter.action());
            bound.put("actions", escaped(filter.action()) + ".%");
        }
        if (filter.from() != null) {
            sql.append(" and at >= :from");
            bound.put("from", filter.from());
        }
        if (filter.to() != null) {
            sql.append(" and at < :to");
            bound.put("to", filter.to());
        }
        if (filter.before() != null) {
            sql.append(" and seq < :before");
            bound.put("before", filter.before());
        }
        sql.append(" order by seq desc limit :limit");
        return transaction
                .query(sql.toString())
                .bindMap(bound)
                .bind("limit", limit)
                .map((row, _) -> AuditEntry.of(AuditRow.read(row)))
                .list();
    }

    private static String escaped(String text) {
        return text.replaceAll("([!%_])", "!$1");
    }

    /// Walks the chain from the first entry to the last. Reads in batches: a long log needs time but no memory.
    public Verdict verify(CompanyId company) {
        Head good = Head.NONE;
        while (true) {
            Head from = good;
            List<AuditRow> batch = database.read(company, transaction -> transaction
                    .query("select * from audit where company_id = :company and seq > :from order by seq limit :batch")
                    .bind("from", from.seq())
                    .bind("batch", BATCH)
                    .map((row, _) -> AuditRow.read(row))
                    .list());
            for (AuditRow row : batch) {
                String wrong = wrong(good, row);
                if (wrong != null) {
                    return new Verdict(false, good.seq(), good.seq() + 1, wrong, good.hash());
                }
                good = new Head(row.seq(), row.hash());
            }
            if (batch.size() < BATCH) {
                return atTheEnd(company, good);
            }
        }
    }

    private static @Nullable String wrong(Head before, AuditRow row) {
        if (row.seq() != before.seq() + 1) {
            return "It is missing.";
        }
        if (!row.previous().equals(before.hash())) {
            return "It does not follow the entry before.";
        }
        return row.hash().equals(row.expectedHash()) ? null : "It was changed.";
    }

    /// The last entries could be removed without breaking a link: the head tells how many there were.
    private Verdict atTheEnd(CompanyId company, Head last) {
        Head head = database.read(company, Audit::head).orElse(Head.NONE);
        if (head.seq() < last.seq() || head.seq() == last.seq() && !head.hash().equals(last.hash())) {
            return new Verdict(
                    false, last.seq(), last.seq(), "The log's end is not the one that was written.", last.hash());
        }
        if (head.seq() > last.seq() && isMissing(company, last.seq() + 1)) {
            return new Verdict(false, last.seq(), last.seq() + 1, "It is missing.", last.hash());
        }
        return new Verdict(true, last.seq(), null, null, last.hash());
    }

    /// What was written while we read is there; what was removed is not.
    private boolean isMissing(CompanyId company, long seq) {
        return database.read(company, transaction -> transaction
                .query("select 1 from audit where company_id = :company and seq = :seq")
                .bind("seq", seq)
                .mapTo(Integer.class)
                .findOne()
                .isEmpty());
    }

    private static Optional<Head> head(Transaction transaction) {
        return transaction
                .query("select seq, hash from audit_head where company_id = :company")
                .map((row, _) -> new Head(row.getLong("seq"), row.getString("hash")))
                .findOne();
    }
}
