/// Hostile input against a real server: requests made from the OpenAPI document, hostile texts in every text field,
/// JSON that must and must not be read, WebSocket frames against RFC 6455 and mutated ones.
///
/// Small by default; `-Dpatchbay.size=full` runs the full size, `-Dpatchbay.fuzz=N` any other. Each tool prints its
/// figures, and the seed with which it can be run again (`-Dpatchbay.fuzz.seed=S`).
@NullMarked
package dev.patchbay.server.fuzz;

import org.jspecify.annotations.NullMarked;
