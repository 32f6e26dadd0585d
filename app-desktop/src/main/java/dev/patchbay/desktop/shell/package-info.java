/// The window: rail, top bar, palette, shortcuts, the place for screens and for the call dock.
///
/// What for: screens know nothing of each other; they hand a [dev.patchbay.desktop.shell.Screen] in, and everything a
/// user can do is an [dev.patchbay.desktop.shell.Actions.Action] in one registry that menus, palette, shortcut sheet
/// and shortcut editor read.
///
/// How: [dev.patchbay.desktop.shell.ShellModel] is what the window shows of the session; the session fills it.
///
/// Threads: the JavaFX thread, all of it.
///
/// Must never happen: a modal in the way of a call; a screen built before it is first shown; an entry in the rail that
/// the user may not use.
///
/// Start at [dev.patchbay.desktop.shell.Shell].
@NullMarked
package dev.patchbay.desktop.shell;

import org.jspecify.annotations.NullMarked;
