package dev.patchbay.server.audit;

import dev.patchbay.server.OnPostgres;

@OnPostgres
class AuditOnPostgresTest extends AuditTest {}
