/// Tests of sign-in, users and companies, over HTTP.
@NullMarked
package dev.patchbay.server.identity;

import org.jspecify.annotations.NullMarked;
