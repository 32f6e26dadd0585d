package dev.patchbay.server.identity;

import dev.patchbay.model.Me;
import dev.patchbay.model.Permission;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import java.time.Duration;
import java.util.UUID;

/// Tokens for a socket that a host application asks for: bound to one company, person and sign-in, and good for `/live`
/// only. When the sign-in ends, so does the socket.
final class ConnectionTokens {
    static final Duration MOST = Duration.ofMinutes(5);

    private final UserTable users;
    private final AccessTokens tokens;

    /// @param expiresIn seconds
    record Given(String token, long expiresIn) {
        @Override
        public String toString() {
            return "Given[]";
        }
    }

    ConnectionTokens(UserTable users, AccessTokens tokens) {
        this.users = users;
        this.tokens = tokens;
    }

    /// @throws Refusal 401 `FOREIGN_SESSION` when the three do not belong together or not to the asker: which one is
    /// wrong is not told
    Given give(Principal.User asker, String company, String user, String session) {
        Me.CompanyRef own = asker.me().company();
        if (!company.equals(own.id().toString()) && !company.equals(own.slug())) {
            throw foreign();
        }
        UserId userId;
        UUID sessionId;
        try {
            userId = UserId.of(user);
            sessionId = UUID.fromString(session);
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
        boolean mine = !asker.byKey() && userId.equals(asker.id()) && sessionId.equals(asker.session());
        boolean vouched = asker.byKey() && asker.may(Permission.USERS_MANAGE);
        if (!mine && !vouched) {
            throw foreign();
        }
        Me me = users.signedIn(asker.company(), userId, sessionId).orElseThrow(ConnectionTokens::foreign);
        if (vouched && !asker.me().permissions().containsAll(me.permissions())) {
            // A key never opens more than it may do itself.
            throw foreign();
        }
        Duration lasts = tokens.validFor().compareTo(MOST) < 0 ? tokens.validFor() : MOST;
        return new Given(tokens.issueForLive(me, sessionId, lasts), lasts.toSeconds());
    }

    private static Refusal foreign() {
        return Refusal.of(401, "FOREIGN_SESSION", "That is no sign-in of this person at this company.");
    }
}
