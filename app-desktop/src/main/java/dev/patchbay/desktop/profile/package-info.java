/// What a user does with the own account: name and language, password, second factor, sign-ins on other devices.
///
/// What for: nobody asks an administrator for what is one's own.
///
/// How: [dev.patchbay.desktop.profile.ProfileScreen] shows one card for each; a card asks the server through
/// [dev.patchbay.desktop.session.Errands] and says in place what came of it.
///
/// Threads: the JavaFX thread; the server is asked on another.
///
/// Must never happen: a password or a recovery code that stays in a field, a property or a log after it has served.
///
/// Start at [dev.patchbay.desktop.profile.ProfileScreen].
@NullMarked
package dev.patchbay.desktop.profile;

import org.jspecify.annotations.NullMarked;
