/// Tests of calls from a page, over HTTP and live sockets.
@NullMarked
package dev.patchbay.server.telephony.web;

import org.jspecify.annotations.NullMarked;
