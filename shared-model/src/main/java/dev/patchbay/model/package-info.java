/// What travels on the wire between the companion server, consoles and visitors' pages.
@NullMarked
package dev.patchbay.model;

import org.jspecify.annotations.NullMarked;
