package dev.patchbay.server.calls;

import dev.patchbay.model.Caller;
import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.server.store.Transaction;
import java.util.Optional;

/// Finds the lead a caller is, for the screen pop. The feature `leads` provides it; calls work without.
public interface LeadMatch {
    /// A company that keeps no leads.
    LeadMatch NONE = new LeadMatch() {
        @Override
        public Optional<Lead> match(Transaction transaction, Caller caller) {
            return Optional.empty();
        }

        @Override
        public Optional<Lead> byId(Transaction transaction, LeadId id) {
            return Optional.empty();
        }
    };

    /// The lead with the caller's number, if there is exactly one worth showing.
    Optional<Lead> match(Transaction transaction, Caller caller);

    Optional<Lead> byId(Transaction transaction, LeadId id);
}
