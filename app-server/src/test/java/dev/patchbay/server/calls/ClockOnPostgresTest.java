package dev.patchbay.server.calls;

import dev.patchbay.server.OnPostgres;

@OnPostgres
class ClockOnPostgresTest extends ClockTest {}
