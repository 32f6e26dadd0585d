package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Id;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Check;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.mail.Mailer;
import dev.patchbay.server.store.Actor;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Transaction;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Choosing a new password: with the old one, or with a token that came by e-mail.
///
/// A token is good once and for [#VALID]; only its hash is kept; a newer one replaces it. Nobody learns from an answer,
/// or from how long it takes, whether an address is known: the work is done after the answer.
final class PasswordReset {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordReset.class);
    static final Duration VALID = Duration.ofMinutes(30);

    private final Database database;
    private final UserTable table;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Mailer mailer;
    private final Supplier<String> publicUrl;
    private final Semaphore atOnce = new Semaphore(16);

    private record Held(UUID id, UserId user) {}

    /// @param publicUrl where people reach this server, without a slash at the end
    PasswordReset(
            Database database,
            UserTable table,
            Passwords passwords,
            Sessions sessions,
            Mailer mailer,
            Supplier<String> publicUrl) {
        this.database = database;
        this.table = table;
        this.passwords = passwords;
        this.sessions = sessions;
        this.mailer = mailer;
        this.publicUrl = publicUrl;
    }

    /// Changes the own password; the person's other sign-ins end.
    ///
    /// @throws Refusal 400 naming `current` or `password`
    void change(Principal.User asker, String current, String password) {
        UserRow user = database.read(asker.company(), transaction -> table.find(transaction, asker.id()))
                .orElseThrow(Refusal::unauthenticated);
        Check check = new Check();
        Passwords.check(check, "password", password, user.email(), user.name(), user.companyName());
        check.that(passwords.verify(current, user.passwordHash()).right(), "current", "The present password is wrong.");
        check.done();
        String hash = passwords.hash(password);
        database.change(user.company(), transaction -> store(transaction, user, hash, asker.session()));
        tellOwner(user);
    }

    /// @throws Refusal 400 naming `password` when it is not the asker's: for what a stolen session must not do
    void require(Principal.User asker, String password) {
        String hash = database.read(asker.company(), transaction -> table.find(transaction, asker.id()))
                .map(UserRow::passwordHash)
                .orElse(null);
        if (!passwords.verify(password, hash).right()) {
            throw Refusal.invalid("password", "The password is wrong.");
        }
    }

    /// Sends a token to whoever signs in with this address; returns at once and tells nothing.
    void forgot(String email) {
        String address = email.strip().toLowerCase(Locale.ROOT);
        if (!atOnce.tryAcquire()) {
            LOG.warn("a password reset was not begun: too many are under way");
            return;
        }
        Thread.ofVirtual().name("password-reset").start(() -> {
            try {
                table.byEmail(address).ifPresent(this::send);
            } catch (RuntimeException e) {
                LOG.error("a password reset could not be begun; the person has to ask again", e);
            } finally {
                atOnce.release();
            }
        });
    }

    private void send(UserRow user) {
        if (!mailer.ready()) {
            LOG.warn(
                    "user {} forgot the password, but no mail server is set up (SMTP_HOST, SMTP_FROM): an administrator "
                            + "sets a new one, or `patchbay admin reset-password` does",
                    user.id());
            return;
        }
        String token = Hashes.token();
        database.change(user.company(), transaction -> {
            useUp(transaction, user.id());
            transaction
                    .update("""
                            insert into password_reset (company_id, id, user_id, token_hash, created_at, expires_at)
                            values (:company, :id, :user, :hash, :now, :expires)
                            """)
                    .bind("id", Id.next())
                    .bind("user", user.id())
                    .bind("hash", Hashes.of(token))
                    .bind("now", transaction.now())
                    .bind("expires", transaction.now().plus(VALID))
                    .execute();
        });
        // After the number sign: browsers do not send it, so it is in no log.
        mailer.send(new Mailer.Letter(user.email(), "Choose a new password for Patchbay", """
                Hello %s,

                somebody, probably you, asked for a new password at %s.
                Choose it here within %d minutes:

                %s/reset-password#%s

                If that was not you, do nothing: your password stays as it is.
                """.formatted(
                        user.name(), user.companyName(), VALID.toMinutes(), publicUrl.get(), token)));
    }

    /// Sets the password of whoever got this token; all of the person's sign-ins end.
    ///
    /// @throws Refusal 400 naming `token` or `password`; a password that is refused leaves the token as it is
    void reset(String token, String password) {
        CompanyId company = database.acrossCompanies(
                        handle -> handle.createQuery("select company_id from password_reset where token_hash = :hash")
                                .bind("hash", Hashes.of(token))
                                .map((row, _) -> new CompanyId(row.getObject(1, UUID.class)))
                                .findOne())
                .orElseThrow(PasswordReset::noGood);
        UserRow user = database.read(company, transaction -> held(transaction, token)
                        .flatMap(held -> table.find(transaction, held.user()))
                        .filter(UserRow::active))
                .orElseThrow(PasswordReset::noGood);
        Check check = new Check();
        Passwords.check(check, "password", password, user.email(), user.name(), user.companyName());
        check.done();
        String hash = passwords.hash(password);
        database.change(company, transaction -> {
            Held held = held(transaction, token).orElseThrow(PasswordReset::noGood);
            int used = transaction
                    .update("""
                            update password_reset set used_at = :now
                            where company_id = :company and id = :id and used_at is null
                            """)
                    .bind("now", transaction.now())
                    .bind("id", held.id())
                    .execute();
            if (used == 0) {
                throw noGood();
            }
            store(transaction, user, hash, null);
        });
        tellOwner(user);
    }

    private void store(Transaction transaction, UserRow user, String hash, @Nullable UUID except) {
        transaction
                .update("""
                        update app_user set password_hash = :hash, version = version + 1, updated_at = :now
                        where company_id = :company and id = :id
                        """)
                .bind("hash", hash)
                .bind("id", user.id())
                .bind("now", transaction.now())
                .execute();
        useUp(transaction, user.id());
        int ended = sessions.endAll(transaction, user.id(), except, "new password");
        transaction.audit(
                new Actor(user.id().value(), user.name(), Actor.current().address()),
                "user.passwordChanged",
                "user:" + user.id(),
                Map.of("sessionsEnded", ended));
    }

    private void tellOwner(UserRow user) {
        if (mailer.ready()) {
            mailer.send(new Mailer.Letter(user.email(), "Your Patchbay password was changed", """
                    Hello %s,

                    your password at %s was changed just now, and your other sign-ins have ended.
                    If that was not you, tell whoever runs Patchbay there at once.
                    """.formatted(
                            user.name(), user.companyName())));
        }
    }

    /// Tokens sent earlier are good no more.
    private static void useUp(Transaction transaction, UserId user) {
        transaction
                .update("""
                        update password_reset set used_at = :now
                        where company_id = :company and user_id = :user and used_at is null
                        """)
                .bind("now", transaction.now())
                .bind("user", user)
                .execute();
    }

    private static Optional<Held> held(Transaction transaction, String token) {
        return transaction
                .query("""
                        select id, user_id from password_reset
                        where company_id = :company and token_hash = :hash and used_at is null and expires_at > :now
                        """)
                .bind("hash", Hashes.of(token))
                .bind("now", transaction.now())
                .map((row, _) ->
                        new Held(row.getObject("id", UUID.class), new UserId(row.getObject("user_id", UUID.class))))
                .findOne();
    }

    private static Refusal noGood() {
        return Refusal.invalid("token", "This link was used or is older than 30 minutes. Ask for a new one.");
    }
}
