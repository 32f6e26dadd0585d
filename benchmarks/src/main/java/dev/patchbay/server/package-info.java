/// The companion server as the fan-out and REST benchmarks run it: [BenchedServer] needs the commits themselves and
/// sign-ins that cost no password hash.
@NullMarked
package dev.patchbay.server;

import org.jspecify.annotations.NullMarked;
