package dev.patchbay.server.leads;

import dev.patchbay.server.OnPostgres;

@OnPostgres
class LeadsOnPostgresTest extends LeadsTest {}
