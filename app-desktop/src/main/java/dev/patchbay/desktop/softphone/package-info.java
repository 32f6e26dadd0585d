/// The softphone without its looks: which call this agent has, what can be done with it, how it sounds.
///
/// **What for.** The dock and the incoming-call window bind to [dev.patchbay.desktop.softphone.PhoneModel] and act
/// through
/// [dev.patchbay.desktop.softphone.PhoneActions].
///
/// **How it works.** [dev.patchbay.desktop.softphone.DockState#after] is a pure function of what the server, the line
/// and the agent said; [dev.patchbay.desktop.softphone.Softphone] feeds it and does what follows from a step: ring,
/// open the line, let the sound through, close it. The server is the truth: after every reconnect, and whenever
/// something does not fit, it is asked what this agent's calls are.
///
/// **Threads.** Everything runs on the session's loop; the model changes on the screen's thread.
///
/// **Never.** Sound before the agent answered. A microphone left open after hanging up. Notes lost.
///
/// **Start reading** at `DockState`.
@NullMarked
package dev.patchbay.desktop.softphone;

import org.jspecify.annotations.NullMarked;
