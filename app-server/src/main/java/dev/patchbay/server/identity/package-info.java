/// Who signs in: companies, users with roles, sessions, passwords and tokens.
///
/// A sign-in makes a session (one device); its refresh tokens form a family of which only the newest is good. The
/// access token is a JWT of some minutes, but its session and user are looked up at each use, so that an ended session
/// or a changed role counts at once. Visitors of a call get a token of their own kind, which names nothing but the
/// call.
///
/// Beside the password ([SignIn]) there are a second factor ([SecondFactor]), other providers ([ExternalAccounts]),
/// keys for programs ([ApiKeys]) and tokens for sockets alone ([ConnectionTokens]). Guessing is counted in [Tries].
///
/// Threads: any; hashing runs in a bounded lane, so that sign-ins cannot take every core.
/// Never: a password, hash or token in a log, an answer (but for the tokens of the asker) or an event; an answer that
/// tells whether an e-mail address is known.
/// Start reading at [Sessions].
@NullMarked
package dev.patchbay.server.identity;

import org.jspecify.annotations.NullMarked;
