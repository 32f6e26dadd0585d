/// Calls over our own signalling: offers, answers and candidates travel as [dev.patchbay.model.Signal]s over `/live`,
/// the
/// sound goes from peer to peer.
///
/// **How it works.** Each set-up is a *session* with a random name, which is part of the voice process's link name and
/// of its tag: whatever comes late from an older set-up finds no link and is passed over, and a console that starts
/// anew finds by the tags which links still stand. This console came to the call after the visitor, so it makes the
/// offers (JSEP, RFC 8829; trickle ICE, RFC 8838).
///
/// **Threads.** The session's loop; voice events are handed over to it.
///
/// **Never.** A link that stands is closed because the window, the socket or the server went and came back.
@NullMarked
package dev.patchbay.desktop.line.web;

import org.jspecify.annotations.NullMarked;
