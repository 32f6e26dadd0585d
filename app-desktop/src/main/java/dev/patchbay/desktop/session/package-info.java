/// The console's side of the server: sign-in, what is known, what happens, what the agent does.
///
/// **What for.** Screens read [dev.patchbay.desktop.session.Stores] and act through
/// [dev.patchbay.desktop.session.Session]; none of them speaks HTTP or WebSocket.
///
/// **How it works.** [dev.patchbay.desktop.session.SignIn] turns an address and a password into a `Session`. Each list
/// is a snapshot by REST plus numbered events by [dev.patchbay.desktop.session.LiveLink], guarded by version. What an
/// agent changes goes as a command with an id of its own; what may wait goes through
/// [dev.patchbay.desktop.session.Outbox], on disk and in order.
///
/// **Threads.** One [dev.patchbay.desktop.session.Loop] carries events, answers and timers, in order. REST calls block
/// virtual threads. Properties and listeners that screens see change on the screen's thread only, a burst in one turn.
///
/// **Never.** A token in a log. A command sent twice under two ids. An event applied over a newer version. A change
/// that the user made and that vanishes without a word.
///
/// **Start reading** at `Session`, then `LiveLink`.
@NullMarked
package dev.patchbay.desktop.session;

import org.jspecify.annotations.NullMarked;
