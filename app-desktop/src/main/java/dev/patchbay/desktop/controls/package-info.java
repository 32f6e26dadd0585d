/// Widgets used by three screens or more, and the one road by which results reach the screen.
///
/// What for: every screen looks and behaves the same because it is made of these.
///
/// How: small JavaFX nodes with a style class each; colours and sizes live in `look/patchbay.css`, words come as
/// observable values so that a change of language reaches them.
///
/// Threads: widgets on the JavaFX thread; [dev.patchbay.desktop.controls.Fx] and
/// [dev.patchbay.desktop.controls.FxInbox] are the way there from any other thread.
///
/// Must never happen: one `runLater` per event of a burst, a timer per label, a listener that outlives its node.
///
/// Start at [dev.patchbay.desktop.controls.Fx] and [dev.patchbay.desktop.controls.FourFaces].
@NullMarked
package dev.patchbay.desktop.controls;

import org.jspecify.annotations.NullMarked;
