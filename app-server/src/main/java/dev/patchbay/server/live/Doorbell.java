package dev.patchbay.server.live;

import dev.patchbay.model.CompanyId;
import dev.patchbay.server.store.StoredEvent;
import java.util.List;

/// Says "look at this company's log": after a commit, from whichever node. It may ring for nothing or, rarely, not at
/// all; the hub therefore also polls.
///
/// Adapters: [LocalDoorbell] for one process; [PostgresDoorbell] for several nodes.
public interface Doorbell extends AutoCloseable {
    /// Who hears it. Called on any thread.
    interface Ring {
        /// Returns at once.
        ///
        /// @param events what was committed, where the doorbell knows it, so that it need not be read back; the
        /// calls may come out of order. Empty: it is in the log
        void rung(CompanyId company, List<StoredEvent> events);

        /// Another node committed something, or may have. Blocks while it finds out for whom.
        default void look() {}

        /// Another node says so. Returns at once.
        default void heard(Word word) {}
    }

    void answer(Ring ring);

    /// Tells the other nodes; returns at once.
    default void tell(Word word) {}

    @Override
    default void close() {}
}
