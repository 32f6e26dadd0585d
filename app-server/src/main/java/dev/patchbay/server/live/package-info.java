/// Live updates: the event log's reading side, the doorbell and the WebSocket hub.
///
/// Events are rows; the doorbell only says "look". The hub reads from its cursor per company, checks each event's
// audience for each client and sends.
/// A client that was away resumes from its last number. A client that does not read is cut and comes back by resume.
@NullMarked
package dev.patchbay.server.live;

import org.jspecify.annotations.NullMarked;
