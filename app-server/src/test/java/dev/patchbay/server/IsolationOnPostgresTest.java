package dev.patchbay.server;

@OnPostgres
class IsolationOnPostgresTest extends IsolationTest {}
