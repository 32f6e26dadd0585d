/// The companion server: [Main] is the command line, [PatchbayServer] puts the features together.
@NullMarked
package dev.patchbay.server;

import org.jspecify.annotations.NullMarked;
