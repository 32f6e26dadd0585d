/// The console put together: from the first start to the signed-in window.
///
/// [ConsoleApp] is the JavaFX application. It shows the first steps ([Entrance] carries them out) until there is a
/// session, then makes a [Workplace]: softphone, screens, shell and the actions that join them. [OneWindow] keeps a
/// second start of the same profile from opening a second window.
///
/// Threads: everything here is called on the JavaFX thread, but for [Entrance], which blocks and is called on virtual
/// threads.
/// Never: a call ended because a window was closed.
/// Start reading at [ConsoleApp].
@NullMarked
package dev.patchbay.desktop.console;

import org.jspecify.annotations.NullMarked;
