/// What a user sets for himself: sound, look, language, keys; and where such choices are kept.
///
/// What for: the console fits its user after a restart too.
///
/// How: [dev.patchbay.desktop.settings.Preferences] keeps one JSON file in the user's state folder;
/// [dev.patchbay.desktop.settings.SettingsScreen] shows one section per file here and writes each change at once.
///
/// Threads: the JavaFX thread; `Preferences` may be used from any.
///
/// Must never happen: a damaged file that keeps the console from starting, a choice lost by a crash in mid-write, a
/// password or token in the file.
///
/// Start at [dev.patchbay.desktop.settings.SettingsScreen].
@NullMarked
package dev.patchbay.desktop.settings;

import org.jspecify.annotations.NullMarked;
