package dev.patchbay.server.calls;

import dev.patchbay.server.OnPostgres;

@OnPostgres
class AgentRulesOnPostgresTest extends AgentRulesTest {}
