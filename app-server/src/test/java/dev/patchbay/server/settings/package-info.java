/// Tests of settings, over HTTP and live.
@NullMarked
package dev.patchbay.server.settings;

import org.jspecify.annotations.NullMarked;
