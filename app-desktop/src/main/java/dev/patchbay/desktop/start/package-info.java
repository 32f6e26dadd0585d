/// From the first start to the console: a server here or elsewhere, and signing in.
///
/// What for: somebody who knows nothing of servers takes the first call minutes after installing.
///
/// How: [dev.patchbay.desktop.start.StartView] shows one step at a time; what a step asks for is done by
/// [dev.patchbay.desktop.start.StartActions], which the session implements.
///
/// Threads: views on the JavaFX thread; `StartActions` is called on a virtual thread and may block.
///
/// Must never happen: an error that loses what was typed; a password in a log; a certificate trusted that nobody
/// confirmed.
///
/// Start at [dev.patchbay.desktop.start.StartView].
@NullMarked
package dev.patchbay.desktop.start;

import org.jspecify.annotations.NullMarked;
