/// The calls screen: who waits, who talks, what was, and what happened in each call.
///
/// **What for.** An agent sees the own queues filling, finds a past call again, reads its timeline, calls a missed
/// caller back.
///
/// **How.** [CallsModel] holds the three lists and the opened call; [CallsController] fills them from the session's
/// table of calls (waiting, active: live) and from the [CallArchive] (history, details: asked for by page);
/// [CallsView] lays out and binds. [CallWords] says statuses, reasons and timeline entries in the user's language.
///
/// **Threads.** The JavaFX thread, except [CallArchive], which is called on virtual threads and may block.
///
/// **Never.** A missed call that a colleague answered. An answer of the archive that is shown although the user
/// has asked for something else since.
///
/// **Start** at [CallsController].
@NullMarked
package dev.patchbay.desktop.calls;

import org.jspecify.annotations.NullMarked;
