package dev.patchbay.server.identity;

import dev.patchbay.server.OnPostgres;

@OnPostgres
class ApiKeysOnPostgresTest extends ApiKeysTest {}
