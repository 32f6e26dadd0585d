/// Where the console is put together from its features: what the window shows of a session
/// ([dev.patchbay.desktop.console.ConsoleModel]), what the first steps do
/// ([dev.patchbay.desktop.console.Entrance]), and that there is one window for a profile
/// ([dev.patchbay.desktop.console.OneWindow]).
///
/// **Threads.** `ConsoleModel` lives on the screen's thread; `Entrance` blocks, for virtual threads.
///
/// **Never.** A certificate is trusted that nobody confirmed. A password in a log.
@NullMarked
package dev.patchbay.desktop.console;

import org.jspecify.annotations.NullMarked;
