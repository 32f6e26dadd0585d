package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Id;
import dev.patchbay.model.Tokens;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.access.SessionEnded;
import dev.patchbay.server.store.Actor;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sign-in, the rotation of refresh tokens, and every way in which a sign-in ends.
///
/// A refresh token is good once. Used again within [#LEEWAY] it is taken for the same client whose answer got lost or
/// who asked twice at once; used later it is stolen, whoever comes, and the whole session ends. Of the tokens that such
/// a race gave out the first that is used replaces the others: one line goes on.
public final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    static final Duration LEEWAY = Duration.ofSeconds(10);
    /// However much it is used, a session ends then (ASVS 5.0, 7.3.2); later only where a sign-in lasts longer unused.
    private static final Duration GREATEST_AGE = Duration.ofDays(30);

    private final Database database;
    private final UserTable users;
    private final Profiles profiles;
    private final AccessTokens tokens;
    private final Duration refreshFor;
    private final List<SessionEnded> listeners = new CopyOnWriteArrayList<>();

    /// Where a sign-in comes from, as administrators see it.
    public record Origin(String userAgent, String address) {}

    private sealed interface Turn {
        record Given(UserRow user, UUID session, String refresh) implements Turn {}

        record Stolen(UserId user, UUID session) implements Turn {}

        record Unknown() implements Turn {}
    }

    Sessions(Database database, UserTable users, Profiles profiles, AccessTokens tokens, Duration refreshFor) {
        this.database = database;
        this.users = users;
        this.profiles = profiles;
        this.tokens = tokens;
        this.refreshFor = refreshFor;
    }

    /// Tells the listener of every session that ends from now on.
    public void onEnd(SessionEnded listener) {
        listeners.add(listener);
    }

    /// How long a sign-in lasts without use.
    Duration lasts() {
        return refreshFor;
    }

    Tokens open(UserRow user, Origin origin) {
        return open(user, origin, "");
    }

    /// @param how written into the audit log; nothing is written when it is empty
    Tokens open(UserRow user, Origin origin, String how) {
        UUID session = Id.next();
        String refresh = database.write(user.company(), transaction -> {
            transaction
                    .update("""
                            insert into user_session (company_id, id, user_id, user_agent, address, created_at, last_used_at)
                            values (:company, :id, :user, :agent, :address, :now, :now)
                            """)
                    .bind("id", session)
                    .bind("user", user.id())
                    .bind("agent", cut(origin.userAgent(), 300))
                    .bind("address", cut(origin.address(), 64))
                    .bind("now", transaction.now())
                    .execute();
            if (!how.isEmpty()) {
                transaction.audit(
                        new Actor(user.id().value(), user.name(), origin.address()),
                        "user.signedIn",
                        "user:" + user.id(),
                        Map.of("by", how, "session", session));
            }
            return newToken(transaction, session, transaction.now());
        });
        return tokens(user, session, refresh);
    }

    private Tokens tokens(UserRow user, UUID session, String refresh) {
        return new Tokens(
                tokens.issue(user.me(), session), refresh, tokens.validFor().toSeconds(), profiles.complete(user.me()));
    }

    private Instant end(Instant begun) {
        return begun.plus(refreshFor.compareTo(GREATEST_AGE) > 0 ? refreshFor : GREATEST_AGE);
    }

    private String newToken(Transaction transaction, UUID session, Instant begun) {
        Instant unused = transaction.now().plus(refreshFor);
        Instant end = end(begun);
        String token = Hashes.token();
        transaction
                .update("""
                        insert into refresh_token (company_id, id, session_id, token_hash, issued_at, expires_at)
                        values (:company, :id, :session, :hash, :now, :expires)
                        """)
                .bind("id", Id.next())
                .bind("session", session)
                .bind("hash", Hashes.of(token))
                .bind("now", transaction.now())
                .bind("expires", unused.isBefore(end) ? unused : end)
                .execute();
        return token;
    }

    /// A new pair for a refresh token, which is used up.
    ///
    /// @throws Refusal 401 when it is unknown, expired or of an ended session; or when it
    /// was used before, which ends the session
    public Tokens refresh(String refreshToken) {
        CompanyId company = companyOf(refreshToken).orElseThrow(Sessions::signInAgain);
        return switch (database.write(company, transaction -> turn(transaction, refreshToken))) {
            case Turn.Given(UserRow user, UUID session, String refresh) -> tokens(user, session, refresh);
            case Turn.Stolen(UserId user, UUID session) -> {
                LOG.warn("a used refresh token of session {} came back; the session was ended", session);
                tell(company, user, session);
                throw Refusal.of(
                        401, "REFRESH_REUSED", "This sign-in was used elsewhere and has ended. Sign in again.");
            }
            case Turn.Unknown _ -> throw signInAgain();
        };
    }

    private record Held(
            UUID session,
            UserId user,
            Instant begun,
            Instant expires,
            @Nullable Instant replaced) {}

    private Turn turn(Transaction transaction, String refreshToken) {
        Optional<Held> found = held(transaction, refreshToken);
        // The session's row is locked: of two that ask at once the second sees what the first did.
        if (found.isEmpty() || !touch(transaction, found.get().session())) {
            return new Turn.Unknown();
        }
        Held token = held(transaction, refreshToken).orElseThrow();
        if (!token.expires().isAfter(transaction.now())) {
            return new Turn.Unknown();
        }
        Optional<UserRow> user = users.find(transaction, token.user()).filter(UserRow::active);
        if (user.isEmpty()) {
            return new Turn.Unknown();
        }
        Instant replaced = token.replaced();
        if (replaced == null) {
            useUp(transaction, token.session());
        } else if (Duration.between(replaced, transaction.now()).abs().compareTo(LEEWAY) > 0) {
            revoke(transaction, token.session(), "refresh token used twice");
            return new Turn.Stolen(token.user(), token.session());
        }
        return new Turn.Given(user.get(), token.session(), newToken(transaction, token.session(), token.begun()));
    }

    private static Optional<Held> held(Transaction transaction, String refreshToken) {
        return transaction
                .query("""
                        select t.session_id, s.user_id, s.created_at, t.expires_at, t.replaced_at
                        from refresh_token t join user_session s on s.company_id = t.company_id and s.id = t.session_id
                        where t.company_id = :company and t.token_hash = :hash and s.revoked_at is null
                        """)
                .bind("hash", Hashes.of(refreshToken))
                .map((row, _) -> new Held(
                        row.getObject("session_id", UUID.class),
                        new UserId(row.getObject("user_id", UUID.class)),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        instant(row.getObject("replaced_at", OffsetDateTime.class))))
                .findOne();
    }

    private static boolean touch(Transaction transaction, UUID session) {
        return transaction
                        .update("""
                                update user_session set last_used_at = :now
                                where company_id = :company and id = :session and revoked_at is null
                                """)
                        .bind("now", transaction.now())
                        .bind("session", session)
                        .execute()
                == 1;
    }

    /// The token and its siblings of an earlier race: one line of tokens goes on from here. What is past its time
    /// anyway is forgotten.
    private static void useUp(Transaction transaction, UUID session) {
        transaction
                .update("""
                        update refresh_token set replaced_at = :now
                        where company_id = :company and session_id = :session and replaced_at is null
                        """)
                .bind("now", transaction.now())
                .bind("session", session)
                .execute();
        transaction
                .update("""
                        delete from refresh_token
                        where company_id = :company and session_id = :session and expires_at < :now
                        """)
                .bind("now", transaction.now())
                .bind("session", session)
                .execute();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private Optional<CompanyId> companyOf(String refreshToken) {
        return database.acrossCompanies(
                handle -> handle.createQuery("select company_id from refresh_token where token_hash = :hash")
                        .bind("hash", Hashes.of(refreshToken))
                        .map((row, _) -> new CompanyId(row.getObject(1, UUID.class)))
                        .findOne());
    }

    /// Signs out. Ending a session that has ended changes nothing.
    public void end(CompanyId company, UserId user, UUID session, String because) {
        if (database.write(company, transaction -> revoke(transaction, session, because))) {
            tell(company, user, session);
        }
    }

    /// Signs out whoever holds this refresh token; an unknown one changes nothing.
    public void end(String refreshToken, String because) {
        companyOf(refreshToken).ifPresent(company -> database.read(company, transaction -> transaction
                        .query("""
                                                select s.id, s.user_id from refresh_token t
                                                join user_session s on s.company_id = t.company_id and s.id = t.session_id
                                                where t.company_id = :company and t.token_hash = :hash
                                                """)
                        .bind("hash", Hashes.of(refreshToken))
                        .map((row, _) ->
                                new Live(row.getObject(1, UUID.class), new UserId(row.getObject(2, UUID.class))))
                        .findOne())
                .ifPresent(live -> end(company, live.user(), live.session(), because)));
    }

    private record Live(UUID session, UserId user) {}

    /// Ends every session of a user, in the caller's transaction; listeners are told after it commits.
    ///
    /// @param except the session that goes on; null for none
    /// @return how many ended
    int endAll(Transaction transaction, UserId user, @Nullable UUID except, String because) {
        List<UUID> live = transaction
                .query(
                        "select id from user_session where company_id = :company and user_id = :user and revoked_at is null")
                .bind("user", user)
                .map((row, _) -> row.getObject(1, UUID.class))
                .list();
        int ended = 0;
        for (UUID session : live) {
            if (!session.equals(except) && revoke(transaction, session, because)) {
                ended++;
                transaction.afterCommit(() -> tell(transaction.company(), user, session));
            }
        }
        return ended;
    }

    /// Ends every session of the company, in the caller's transaction.
    void endAll(Transaction transaction, String because) {
        transaction
                .query("select distinct user_id from user_session where company_id = :company and revoked_at is null")
                .map((row, _) -> new UserId(row.getObject(1, UUID.class)))
                .list()
                .forEach(user -> endAll(transaction, user, null, because));
    }

    /// Tells the listeners that a user's roles changed.
    void accessChanged(CompanyId company, UserId user) {
        listeners.forEach(listener -> listener.accessChanged(company, user));
    }

    private static boolean revoke(Transaction transaction, UUID session, String because) {
        return transaction
                        .update("""
                        update user_session set revoked_at = :now, revoked_because = :because
                        where company_id = :company and id = :session and revoked_at is null
                        """)
                        .bind("now", transaction.now())
                        .bind("because", because)
                        .bind("session", session)
                        .execute()
                == 1;
    }

    /// Tells the listeners that what goes by this id has ended.
    void ended(CompanyId company, UserId user, UUID id) {
        tell(company, user, id);
    }

    private void tell(CompanyId company, UserId user, UUID session) {
        listeners.forEach(listener -> listener.ended(company, user, session));
    }

    private static Refusal signInAgain() {
        return Refusal.of(401, "SESSION_ENDED", "This sign-in has ended. Sign in again.");
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
