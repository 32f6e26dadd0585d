/// The figures of docs/reliability.md: what must hold while things break. Each class runs in the suite at a small size,
/// and at its full size with `-Dpatchbay.size=full`; each prints one line.
///
/// Faults are real: `kill -9`, processes that stand still, a PostgreSQL that is stopped as by a loss of power,
/// connections that are cut or fall silent.
@NullMarked
package dev.patchbay.server.reliability;

import org.jspecify.annotations.NullMarked;
