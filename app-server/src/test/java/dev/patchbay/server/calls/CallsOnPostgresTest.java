package dev.patchbay.server.calls;

import dev.patchbay.server.OnPostgres;

@OnPostgres
class CallsOnPostgresTest extends CallsTest {}
