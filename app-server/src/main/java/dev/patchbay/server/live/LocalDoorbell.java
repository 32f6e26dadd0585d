package dev.patchbay.server.live;

import dev.patchbay.server.store.Database;

/// The doorbell of a single process: rings on the committing thread.
public final class LocalDoorbell implements Doorbell {
    private final Database database;

    public LocalDoorbell(Database database) {
        this.database = database;
    }

    @Override
    public void answer(Ring ring) {
        database.onCommit(ring::rung);
    }
}
