/// What signing in costs, and what it costs the others.
@NullMarked
package dev.patchbay.bench.identity;

import org.jspecify.annotations.NullMarked;
