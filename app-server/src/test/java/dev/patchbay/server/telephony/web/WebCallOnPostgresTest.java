package dev.patchbay.server.telephony.web;

import dev.patchbay.server.OnPostgres;

@OnPostgres
class WebCallOnPostgresTest extends WebCallTest {}
