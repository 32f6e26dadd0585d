package dev.patchbay.server.calls;

import dev.patchbay.server.store.Transaction;

/// The place in the event log that a list is true for. Read before the list: what is committed in between comes again
/// as an event, which does no harm; the other way round it would be missed.
final class Seq {
    private Seq() {}

    static long now(Transaction transaction) {
        return transaction
                .query("select seq from event_counter where company_id = :company")
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }
}
