/// Where calls come from: the port [dev.patchbay.desktop.line.Line] speaks of legs, warm, live, on hold, ended; an
/// adapter turns that into its signalling. `line.web` is our own signalling over `/live`; SIP over WebSocket is to
/// follow.
///
/// **Threads.** A line lives on the session's loop: it is called there and tells there.
///
/// **Never.** A leg that is not live lets sound through. A new set-up disturbs a leg that stands.
@NullMarked
package dev.patchbay.desktop.line;

import org.jspecify.annotations.NullMarked;
