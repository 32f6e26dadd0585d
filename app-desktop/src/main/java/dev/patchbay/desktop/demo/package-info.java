/// The demo: a server with sample data, simulated callers and a console, with no set-up.
///
/// A [SimulatedCaller] is a real caller in all but the person: it calls by the visitors' REST routes, keeps the live
/// line, answers
/// WebRTC offers with an own voice process without sound devices, speaks recorded sentences, waits for its turn, loses
/// patience, hangs up and rates.
/// [Demo] lets them come one after the other (until told to stop, or N of them) and [Journal] keeps what happened with
/// times.
///
/// Threads: each caller runs on a loop of its own; the agent's side is the console itself, on the JavaFX thread.
/// Never: anything but loopback; a caller that outlives the demo.
/// Start reading at [Demo].
@NullMarked
package dev.patchbay.desktop.demo;

import org.jspecify.annotations.NullMarked;
