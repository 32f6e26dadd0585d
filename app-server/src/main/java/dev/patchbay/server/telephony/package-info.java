/// What carries calls. Each way of carrying them is a package of its own; so far there is `web`.
@NullMarked
package dev.patchbay.server.telephony;

import org.jspecify.annotations.NullMarked;
