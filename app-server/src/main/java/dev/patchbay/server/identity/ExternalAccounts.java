package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Id;
import dev.patchbay.model.Tokens;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.identity.external.Provider;
import dev.patchbay.server.store.Actor;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Our accounts of people whom another provider knows, and the one-time codes by which a program gets its tokens after
/// the browser has done its part.
///
/// The first time a person is found by the verified address, and from then on by the provider's own name for them: an
/// address that somebody else gets later opens nothing.
final class ExternalAccounts {
    static final Duration VALID = Duration.ofMinutes(2);

    private final Database database;
    private final UserTable users;
    private final Sessions sessions;
    private final SignIn signIn;
    private final Tries tries;

    private record Owner(CompanyId company, UserId user) {}

    private record Held(UUID id, UserId user, @Nullable String challenge) {}

    ExternalAccounts(Database database, UserTable users, Sessions sessions, SignIn signIn, Tries tries) {
        this.database = database;
        this.users = users;
        this.sessions = sessions;
        this.signIn = signIn;
        this.tries = tries;
    }

    /// Whose account this is; linked by the address the first time.
    ///
    /// @param person with a verified address
    /// @return empty when nobody active here is that person
    Optional<UserRow> find(Provider provider, Provider.Person person) {
        Optional<Owner> linked = database.acrossCompanies(handle -> handle.createQuery("""
                        select company_id, user_id from external_identity where provider = :provider and subject = :subject
                        """)
                .bind("provider", provider.name())
                .bind("subject", person.subject())
                .map((row, _) -> new Owner(
                        new CompanyId(row.getObject(1, UUID.class)), new UserId(row.getObject(2, UUID.class))))
                .findOne());
        if (linked.isPresent()) {
            Owner owner = linked.get();
            return database.read(owner.company(), transaction -> users.find(transaction, owner.user()))
                    .filter(UserRow::active);
        }
        return Optional.ofNullable(person.email())
                .flatMap(email -> users.byEmail(email.strip().toLowerCase(Locale.ROOT)))
                .filter(user -> link(provider, person, user));
    }

    private boolean link(Provider provider, Provider.Person person, UserRow user) {
        try {
            database.change(user.company(), transaction -> {
                transaction
                        .update("""
                                insert into external_identity (company_id, provider, subject, user_id, linked_at)
                                values (:company, :provider, :subject, :user, :now)
                                """)
                        .bind("provider", provider.name())
                        .bind("subject", person.subject())
                        .bind("user", user.id())
                        .bind("now", transaction.now())
                        .execute();
                transaction.audit(
                        new Actor(
                                user.id().value(), user.name(), Actor.current().address()),
                        "user.linked",
                        "user:" + user.id(),
                        Map.of("provider", provider.name()));
            });
            return true;
        } catch (JdbiException e) {
            if (Database.isDuplicate(e)) {
                // Another account of that provider is this user's already.
                return false;
            }
            throw e;
        }
    }

    /// @param challenge of the program's own verifier (S256); null when it gave none
    String code(UserRow user, @Nullable String challenge) {
        String code = Hashes.token(15);
        database.change(user.company(), transaction -> transaction
                .update("""
                        insert into sign_in_code (company_id, id, user_id, code_hash, challenge, expires_at)
                        values (:company, :id, :user, :hash, :challenge, :expires)
                        """)
                .bind("id", Id.next())
                .bind("user", user.id())
                .bind("hash", Hashes.of(code))
                .bind("challenge", challenge)
                .bind("expires", transaction.now().plus(VALID))
                .execute());
        return code;
    }

    /// The tokens of whoever holds a code; it is used up when the sign-in succeeds.
    ///
    /// @param totp of the second factor
    /// @throws Refusal 401 `CODE_INVALID`, `TOTP_REQUIRED` or `TOTP_WRONG`
    Tokens exchange(String code, @Nullable String verifier, @Nullable String totp, Sessions.Origin origin) {
        CompanyId company = database.acrossCompanies(
                        handle -> handle.createQuery("select company_id from sign_in_code where code_hash = :hash")
                                .bind("hash", Hashes.of(code))
                                .map((row, _) -> new CompanyId(row.getObject(1, UUID.class)))
                                .findOne())
                .orElseThrow(ExternalAccounts::invalid);
        Held held = database.read(company, transaction -> held(transaction, code))
                .filter(found -> proves(found.challenge(), verifier))
                .orElseThrow(ExternalAccounts::invalid);
        UserRow user = database.read(company, transaction -> users.find(transaction, held.user()))
                .filter(UserRow::active)
                .orElseThrow(ExternalAccounts::invalid);
        Tries.Try once = tries.take(user.email());
        try {
            signIn.pass(user, totp);
            once.giveBack();
        } catch (Refusal refusal) {
            if (refusal.body().code().equals("TOTP_REQUIRED")) {
                once.giveBack();
            }
            throw refusal;
        }
        boolean first = database.write(
                company,
                transaction -> transaction
                                .update("""
                                update sign_in_code set used_at = :now
                                where company_id = :company and id = :id and used_at is null
                                """)
                                .bind("now", transaction.now())
                                .bind("id", held.id())
                                .execute()
                        == 1);
        if (!first) {
            throw invalid();
        }
        return sessions.open(user, origin, "external");
    }

    private static Optional<Held> held(Transaction transaction, String code) {
        record Found(Held held, Instant expires) {}
        return transaction
                .query("""
                        select id, user_id, challenge, expires_at from sign_in_code
                        where company_id = :company and code_hash = :hash and used_at is null
                        """)
                .bind("hash", Hashes.of(code))
                .map((row, _) -> new Found(
                        new Held(
                                row.getObject("id", UUID.class),
                                new UserId(row.getObject("user_id", UUID.class)),
                                row.getString("challenge")),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .findOne()
                .filter(found -> found.expires().isAfter(transaction.now()))
                .map(Found::held);
    }

    private static boolean proves(@Nullable String challenge, @Nullable String verifier) {
        return challenge == null
                || verifier != null
                        && MessageDigest.isEqual(
                                challenge(verifier).getBytes(StandardCharsets.UTF_8),
                                challenge.getBytes(StandardCharsets.UTF_8));
    }

    /// S256 of RFC 7636.
    static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Hashes.sha256(verifier));
    }

    private static Refusal invalid() {
        return Refusal.of(401, "CODE_INVALID", "This sign-in is over. Begin again.");
    }
}
