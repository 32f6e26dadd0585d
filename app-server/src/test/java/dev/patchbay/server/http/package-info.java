/// Tests of the HTTP edge on a real server.
@NullMarked
package dev.patchbay.server.http;

import org.jspecify.annotations.NullMarked;
