/// Everything the console says, in the user's language.
///
/// What for: no sentence stands in code; a screen names a key, [dev.patchbay.desktop.words.Words] says it.
///
/// How: one pair of UTF-8 property files per feature (`calls_en.properties`, `calls_de.properties`), all read at once
/// when a language is chosen. Patterns are those of [java.text.MessageFormat], except that an apostrophe is an
/// apostrophe.
///
/// Threads: `Words.of` from any thread; bindings and `speak` on the JavaFX thread.
///
/// Must never happen: a key that is missing in one language, a key nobody uses (a test looks).
///
/// Start at [dev.patchbay.desktop.words.Words].
@NullMarked
package dev.patchbay.desktop.words;

import org.jspecify.annotations.NullMarked;
