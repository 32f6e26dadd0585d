package dev.patchbay.server.live;

import dev.patchbay.server.OnPostgres;

@OnPostgres
class LiveHubOnPostgresTest extends LiveHubTest {}
