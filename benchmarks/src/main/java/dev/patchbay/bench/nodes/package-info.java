/// Two servers on one PostgreSQL: how soon a change at one is at the other's client (B3), and how fast leads are
/// claimed through both (B5). PostgreSQL comes from Maven, with its usual settings.
@NullMarked
package dev.patchbay.bench.nodes;

import org.jspecify.annotations.NullMarked;
