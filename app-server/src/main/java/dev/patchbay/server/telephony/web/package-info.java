/// Calls from a browser page: ICE servers, signalling between the two sides, and the page's own REST.
///
/// Media is peer to peer; the server passes [Signalling] on and nothing else. A signal is an event to one participant,
/// so that a socket lost in mid-set-up gets it after its resume. Visitors have no account: a token for one call and one
/// participant, issued when the call is asked for ([VisitorRoutes]), is all they can show.
///
/// Threads: the edge's, blocking.
///
/// Never: a signal to a participant of another call; a visitor's text in HTML made here (there is none: the page is
/// static, and puts text in by `textContent`).
///
/// Start reading at [Signalling].
@NullMarked
package dev.patchbay.server.telephony.web;

import org.jspecify.annotations.NullMarked;
