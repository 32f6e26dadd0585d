/// Tests of the server as a whole, and the kit they are made with: start reading at [TestServer].
@NullMarked
package dev.patchbay.server;

import org.jspecify.annotations.NullMarked;
