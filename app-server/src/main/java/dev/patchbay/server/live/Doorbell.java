package dev.patchbay.server.live;

import dev.patchbay.model.CompanyId;
import java.util.function.Consumer;

/// Says "look at this company's log": after a commit, from whichever node. It carries no data and may ring for nothing
/// or, rarely, not at all; the hub therefore also polls.
///
/// Adapters: [LocalDoorbell] for one process; PostgreSQL's LISTEN for several nodes.
public interface Doorbell {
    /// @param ring called on any thread, returns at once
    void answer(Consumer<CompanyId> ring);
}
