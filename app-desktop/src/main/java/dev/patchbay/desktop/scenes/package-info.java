/// A small company of its own, without a server: what screenshots show and what tests of the screens work on.
///
/// **What for.** Every screen can be looked at with the same people, calls and leads, at the same moment.
///
/// **How.** [DemoWorld] holds the data and behaves: its commands claim, refuse and keep versions as the server does,
/// its telephone moves through [dev.patchbay.desktop.softphone.DockState]. [ScreenScenes] lists what there is to see.
///
/// **Threads.** JavaFX thread only; the archive may be asked from any thread.
///
/// **Never.** Used in a console that has a server.
///
/// **Start** at [ScreenScenes].
@NullMarked
package dev.patchbay.desktop.scenes;

import org.jspecify.annotations.NullMarked;
