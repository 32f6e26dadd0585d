/// Hostile input against a real server: requests made from the OpenAPI document, hostile texts in every text field,
// JSON
/// that must and must not be read, WebSocket frames against RFC 6455 and mutated ones.
///
/// Small by default; `-Dsurefire.argLine=-Dpatchbay.fuzz=100000` runs the full size. Each tool prints its figures.
@NullMarked
package dev.patchbay.server.fuzz;

import org.jspecify.annotations.NullMarked;
