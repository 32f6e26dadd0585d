/// Tests of calls, routing and agents. Begin at `Switchboard`, the company they all play with.
@NullMarked
package dev.patchbay.server.calls;

import org.jspecify.annotations.NullMarked;
