package dev.patchbay.server.calls;

import dev.patchbay.server.OnPostgres;

@OnPostgres
class RacesOnPostgresTest extends RacesTest {}
