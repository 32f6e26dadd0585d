package dev.patchbay.server;

@OnPostgres
class InjectionOnPostgresTest extends InjectionTest {}
