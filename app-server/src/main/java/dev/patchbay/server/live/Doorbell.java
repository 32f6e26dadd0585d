package dev.patchbay.server.live;

import dev.patchbay.model.CompanyId;
import dev.patchbay.server.store.StoredEvent;
import java.util.List;

/// Says "look at this company's log": after a commit, from whichever node. It may ring for nothing or, rarely, not at
/// all; the hub therefore also polls.
///
/// Adapters: [LocalDoorbell] for one process; PostgreSQL's LISTEN for several nodes.
public interface Doorbell {
    /// Who hears it. Called on any thread, returns at once.
    interface Ring {
        /// @param events what was committed, where the doorbell knows it, so that it need not be read back; the calls
        /// may come out of order. Empty: it is in the log
        void rung(CompanyId company, List<StoredEvent> events);
    }

    void answer(Ring ring);
}
