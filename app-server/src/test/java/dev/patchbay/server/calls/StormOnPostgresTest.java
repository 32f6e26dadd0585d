package dev.patchbay.server.calls;

import dev.patchbay.server.OnPostgres;

@OnPostgres
class StormOnPostgresTest extends StormTest {
    @Override
    int steps() {
        return 600;
    }
}
