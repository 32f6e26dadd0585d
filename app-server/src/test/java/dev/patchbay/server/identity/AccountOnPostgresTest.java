package dev.patchbay.server.identity;

import dev.patchbay.server.OnPostgres;

@OnPostgres
class AccountOnPostgresTest extends AccountTest {}
