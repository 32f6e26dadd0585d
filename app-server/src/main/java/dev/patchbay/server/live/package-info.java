/// Live updates: the event log's reading side, the doorbell and the WebSocket hub.
///
/// Events are rows of the table `event`, written in the transaction of what happened. The [Doorbell] only says "look".
/// A [Feed] per company reads from its cursor, writes each event's frame once, in a [Page], and sends it to every
/// [Client] that may
/// see it. A client that was away reads what it missed page by page at its own pace and joins the feed when it has
/// reached it; both sides count by event number, so there is neither gap nor duplicate. [Commands] are done once per
/// id.
///
/// Threads: two platform threads, `live-feed-…`, read and send for all feeds; a virtual thread per frame that is being
/// worked on (frames of a socket never overlap) and per catch-up; `live-clock` for deadlines and pings, `live-check`
/// for tokens and the poll; Jetty's threads only hand over and never block.
/// Never: an event sent past its audience; a send that waits for a client; a token in a log; a database connection held
/// while a client is waited for.
/// Start reading at [LiveHub], then [Reception] (what clients say) and [Feed] (what they are sent); [CatchUp] and
/// [Caretaker] do the rest, and the package `socket` below is WebSockets alone.
@NullMarked
package dev.patchbay.server.live;

import org.jspecify.annotations.NullMarked;
