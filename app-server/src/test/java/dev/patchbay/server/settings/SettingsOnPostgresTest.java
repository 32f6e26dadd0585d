package dev.patchbay.server.settings;

import dev.patchbay.server.OnPostgres;

@OnPostgres
class SettingsOnPostgresTest extends SettingsTest {}
