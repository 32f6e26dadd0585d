package dev.patchbay.server.identity;

import dev.patchbay.model.Tokens;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Limits;
import dev.patchbay.server.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signing in with a password, and a second factor where the person has one.
///
/// An unknown address costs a hash as a known one does, and is counted and answered alike.
final class SignIn {
    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
    /// How long a network stays known after a sign-in from it.
    private static final Duration KNOWN = Duration.ofDays(30);

    private final Database database;
    private final UserTable users;
    private final Passwords passwords;
    private final SecondFactor secondFactor;
    private final Sessions sessions;
    private final Tries tries;

    /// @param code of the second factor
    record Login(String email, String password, @Nullable String code) {
        @Override
        public String toString() {
            return "Login[" + email + "]";
        }
    }

    SignIn(
            Database database,
            UserTable users,
            Passwords passwords,
            SecondFactor secondFactor,
            Sessions sessions,
            Tries tries) {
        this.database = database;
        this.users = users;
        this.passwords = passwords;
        this.secondFactor = secondFactor;
        this.sessions = sessions;
        this.tries = tries;
    }

    /// @throws Refusal 401 `INVALID_CREDENTIALS` without telling which is wrong, 401 `TOTP_REQUIRED` or `TOTP_WRONG`,
    /// 429 when this account failed too often or too many sign in at once
    Tokens signIn(Login body, Sessions.Origin origin) {
        if (body.email().length() > 254 || body.password().length() > 1000) {
            throw wrong();
        }
        String email = body.email().strip().toLowerCase(Locale.ROOT);
        String network = Limits.network(origin.address());
        Tries.Try once = tries.take(knows(email, network) ? email + "@" + network : email);
        try {
            UserRow user = byPassword(email, body.password());
            pass(user, body.code());
            once.giveBack();
            return sessions.open(user, origin, "password");
        } catch (Refusal refusal) {
            boolean guessed = refusal.status() == 401 && !refusal.body().code().equals("TOTP_REQUIRED");
            if (guessed) {
                // Not the address: it may be somebody's, or a password typed into the wrong field.
                LOG.info(
                        "a sign-in from {} was refused ({})",
                        origin.address(),
                        refusal.body().code());
            } else {
                once.giveBack();
            }
            throw refusal;
        }
    }

    private UserRow byPassword(String email, String password) {
        Optional<UserRow> user = users.byEmail(email);
        Passwords.Verdict verdict =
                passwords.verify(password, user.map(UserRow::passwordHash).orElse(null));
        if (user.isEmpty() || !verdict.right()) {
            throw wrong();
        }
        if (verdict.upgraded() != null) {
            users.upgrade(user.get(), verdict.upgraded());
        }
        return user.get();
    }

    /// Asks for the second factor, where there is one.
    ///
    /// @throws Refusal 401 `TOTP_REQUIRED` or `TOTP_WRONG`
    void pass(UserRow user, @Nullable String code) {
        switch (secondFactor.check(user.company(), user.id(), code)) {
            case NOT_NEEDED, RIGHT -> {}
            case MISSING -> throw Refusal.of(401, "TOTP_REQUIRED", "Enter the code of your authenticator app.");
            case WRONG ->
                throw Refusal.of(401, "TOTP_WRONG", "That code is wrong or was used already. Wait for the next one.");
        }
    }

    /// Whether the person signed in from this network lately; false for an unknown person.
    private boolean knows(String email, String network) {
        List<String> addresses = database.acrossCompanies(handle -> handle.createQuery("""
                        select distinct s.address from app_user u
                        join user_session s on s.company_id = u.company_id and s.user_id = u.id
                        where u.email = :email and s.created_at > :since
                        """)
                .bind("email", email)
                .bind("since", database.now().minus(KNOWN))
                .mapTo(String.class)
                .list());
        return addresses.stream().map(Limits::network).anyMatch(network::equals);
    }

    private static Refusal wrong() {
        return Refusal.of(401, "INVALID_CREDENTIALS", "E-mail or password is wrong.");
    }
}
