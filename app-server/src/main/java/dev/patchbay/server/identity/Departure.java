package dev.patchbay.server.identity;

import dev.patchbay.model.UserId;
import dev.patchbay.server.store.Transaction;
import org.jspecify.annotations.Nullable;

/// What a feature does when somebody leaves the company for good. Identity asks each in the transaction that switches
/// the user off, in the order in which they were added.
public interface Departure {
    /// @param heir who takes over; null for nobody
    /// @return how many things were handed over
    int left(Transaction transaction, UserId leaver, @Nullable UserId heir);
}
