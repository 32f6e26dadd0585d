package dev.patchbay.server.live;

import dev.patchbay.model.CompanyId;
import dev.patchbay.server.store.Database;
import java.util.function.Consumer;

/// The doorbell of a single process: rings on the committing thread.
public final class LocalDoorbell implements Doorbell {
    private final Database database;

    public LocalDoorbell(Database database) {
        this.database = database;
    }

    @Override
    public void answer(Consumer<CompanyId> ring) {
        database.onCommit((company, _) -> ring.accept(company));
    }
}
