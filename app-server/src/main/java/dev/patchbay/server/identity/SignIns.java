package dev.patchbay.server.identity;

import dev.patchbay.model.Page;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Database;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/// What an administrator sees and does about somebody's sign-ins.
final class SignIns {
    private static final int MOST = 200;

    private final Database database;
    private final Users users;
    private final Passwords passwords;
    private final Sessions sessions;
    private final SecureRandom random = new SecureRandom();

    /// @param device as the program told its name
    /// @param current whether the asker asks from it
    record SignIn(UUID id, String device, String address, Instant createdAt, Instant lastUsedAt, boolean current) {}

    /// @param password shown once, kept nowhere
    record NewPassword(String password) {
        @Override
        public String toString() {
            return "NewPassword[]";
        }
    }

    SignIns(Database database, Users users, Passwords passwords, Sessions sessions) {
        this.database = database;
        this.users = users;
        this.passwords = passwords;
        this.sessions = sessions;
    }

    /// Those that have not ended, the one used last first.
    Page<SignIn> list(Principal.User asker, UserId id) {
        users.find(asker, id);
        long asOf = database.lastSeq(asker.company());
        return database.read(
                asker.company(),
                transaction -> new Page<>(
                        transaction
                                .query("""
                                        select id, user_agent, address, created_at, last_used_at from user_session
                                        where company_id = :company and user_id = :user and revoked_at is null
                                        order by last_used_at desc limit :most
                                        """)
                                .bind("user", id)
                                .bind("most", MOST)
                                .map((row, _) -> {
                                    UUID session = row.getObject("id", UUID.class);
                                    return new SignIn(
                                            session,
                                            row.getString("user_agent"),
                                            row.getString("address"),
                                            row.getObject("created_at", java.time.OffsetDateTime.class)
                                                    .toInstant(),
                                            row.getObject("last_used_at", java.time.OffsetDateTime.class)
                                                    .toInstant(),
                                            session.equals(asker.session()));
                                })
                                .list(),
                        null,
                        asOf));
    }

    /// Ends them all, but for the one that is asked from.
    void endAll(Principal.User asker, UserId id) {
        database.change(asker.company(), transaction -> {
            UserRow user = may(asker, users.row(transaction, id));
            int ended = sessions.endAll(
                    transaction, id, id.equals(asker.id()) ? asker.session() : null, "ended by an administrator");
            transaction.audit("user.signedOut", "user:" + id, Map.of("user", user.name(), "sessionsEnded", ended));
        });
    }

    /// Sets a random password and ends all sign-ins.
    ///
    /// @throws Refusal 403 when the user may do more than the asker
    NewPassword resetPassword(Principal.User asker, UserId id) {
        database.read(asker.company(), transaction -> may(asker, users.row(transaction, id)));
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String hash = passwords.hash(password);
        database.change(asker.company(), transaction -> {
            UserRow user = may(asker, users.row(transaction, id));
            transaction
                    .update("""
                            update app_user set password_hash = :hash, version = version + 1, updated_at = :now
                            where company_id = :company and id = :id
                            """)
                    .bind("hash", hash)
                    .bind("now", transaction.now())
                    .bind("id", id)
                    .execute();
            sessions.endAll(transaction, id, null, "password reset");
            transaction.audit("user.passwordReset", "user:" + id, Map.of("user", user.name()));
        });
        return new NewPassword(password);
    }

    private static UserRow may(Principal.User asker, UserRow user) {
        Users.mayTouch(asker, user);
        Users.sameOffice(asker, user);
        return user;
    }
}
