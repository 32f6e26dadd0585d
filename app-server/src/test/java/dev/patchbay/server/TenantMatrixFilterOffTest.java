package dev.patchbay.server;

import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.FilterOff;

/// The same with `company_id = :company` taken out of every statement: row-level security alone holds.
@OnPostgres
class TenantMatrixFilterOffTest extends TenantMatrixTest {
    @Override
    void prepare(Database database) {
        FilterOff.on(database);
    }
}
