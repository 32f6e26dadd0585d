package dev.patchbay.server.calls;

import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Transaction;
import java.util.List;
import java.util.UUID;

/// How a call may have gone, and why an agent may be away: the company's own lists.
public final class Dispositions {
    private Dispositions() {}

    /// @param key what calls store, such as `sold`
    public record Disposition(UUID id, String name, String key, long version) {}

    public record BreakReason(UUID id, String name, long version) {}

    static List<Disposition> all(Transaction transaction) {
        return transaction
                .query(
                        "select id, name, code, version from disposition where company_id = :company and not archived order by name")
                .map((row, _) -> new Disposition(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("code"),
                        row.getLong("version")))
                .list();
    }

    static List<BreakReason> breakReasons(Transaction transaction) {
        return transaction
                .query(
                        "select id, name, version from break_reason where company_id = :company and not archived order by name")
                .map((row, _) ->
                        new BreakReason(row.getObject("id", UUID.class), row.getString("name"), row.getLong("version")))
                .list();
    }

    /// @param text a disposition's key, id or name
    /// @throws Refusal 400 when the company has no such disposition
    static String key(Transaction transaction, String text) {
        return all(transaction).stream()
                .filter(one -> one.key().equals(text)
                        || one.id().toString().equals(text)
                        || one.name().equalsIgnoreCase(text))
                .map(Disposition::key)
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("disposition", "There is no such disposition."));
    }
}
