/// The console put together: from the first start to the signed-in window.
///
/// [ConsoleApp] is the JavaFX application. It shows the first steps until there is a session, then makes a [Workplace]: softphone, screens, shell and the
/// actions that join them. [OwnServer] is the server that this console runs itself, when the user chose that.
///
/// Threads: everything here is called on the JavaFX thread, but for [FirstSteps], which blocks and is called on virtual threads.
/// Never: a call ended because a window was closed or a user signed out by a crash.
/// Start reading at [ConsoleApp].
@NullMarked
package dev.patchbay.desktop.console;

import org.jspecify.annotations.NullMarked;
