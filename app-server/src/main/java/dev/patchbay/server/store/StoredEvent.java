package dev.patchbay.server.store;

import java.time.Instant;

/// A row of the event log.
///
/// @param seq the company's event number, without gaps and in commit order
/// @param subject the id of the thing it is about
/// @param payload the `data` of the frame, as JSON text, ready to be sent
public record StoredEvent(long seq, Instant at, String type, Audience audience, String subject, String payload) {}
