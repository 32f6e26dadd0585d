/// The database, on both kinds.
@NullMarked
package dev.patchbay.server.store;

import org.jspecify.annotations.NullMarked;
