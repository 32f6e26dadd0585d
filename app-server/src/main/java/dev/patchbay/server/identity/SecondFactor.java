package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.secrets.Secrets;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Transaction;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The second factor: codes of an authenticator app ([Totp]), and recovery codes for when the phone is gone.
///
/// It counts only after the person has shown with one code that the app works. A code is good once; so is each
/// recovery code. Recovery codes have 120 bits, so a plain hash keeps them (ASVS 5.0, 6.5.2).
public final class SecondFactor {
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 15;

    private final Database database;
    private final Secrets secrets;

    /// What the person puts into the app, once.
    record Setup(String secret, String uri, List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "Setup[]";
        }
    }

    /// Whether a sign-in may go on.
    enum Outcome {
        NOT_NEEDED,
        RIGHT,
        MISSING,
        WRONG
    }

    private record Held(String sealed, boolean confirmed, long lastStep) {}

    SecondFactor(Database database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    boolean enabled(CompanyId company, UserId user) {
        return database.read(
                company,
                transaction -> held(transaction, user).filter(Held::confirmed).isPresent());
    }

    /// A new secret, which counts once it is confirmed; one that was not confirmed is forgotten.
    ///
    /// @throws Refusal 409 `TOTP_ENABLED`
    Setup begin(Principal.User asker) {
        byte[] secret = Hashes.random(Totp.SECRET_BYTES);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            codes.add(recoveryCode());
        }
        database.change(asker.company(), transaction -> {
            if (held(transaction, asker.id()).filter(Held::confirmed).isPresent()) {
                throw Refusal.conflict("TOTP_ENABLED", "The second factor is on. Switch it off first.");
            }
            forget(transaction, asker.id());
            transaction
                    .update("insert into user_totp (company_id, user_id, secret) values (:company, :user, :secret)")
                    .bind("user", asker.id())
                    .bind(
                            "secret",
                            secrets.seal(
                                    context(asker.id()), Base64.getEncoder().encodeToString(secret)))
                    .execute();
            for (String code : codes) {
                transaction
                        .update("""
                                insert into recovery_code (company_id, user_id, code_hash) values (:company, :user, :hash)
                                """)
                        .bind("user", asker.id())
                        .bind("hash", Hashes.of(plain(code)))
                        .execute();
            }
        });
        return new Setup(Totp.base32(secret), Totp.uri(asker.me().email(), secret), codes);
    }

    /// @throws Refusal 409 `TOTP_NOT_BEGUN`, 400 naming `code`
    void confirm(Principal.User asker, String code) {
        boolean right = database.write(asker.company(), transaction -> {
            Held held = held(transaction, asker.id())
                    .orElseThrow(() -> Refusal.conflict("TOTP_NOT_BEGUN", "Set up the second factor first."));
            if (!use(transaction, asker.id(), held, plain(code))) {
                return false;
            }
            transaction
                    .update("""
                            update user_totp set confirmed_at = :now
                            where company_id = :company and user_id = :user and confirmed_at is null
                            """)
                    .bind("now", transaction.now())
                    .bind("user", asker.id())
                    .execute();
            transaction.audit("user.secondFactorOn", "user:" + asker.id(), Map.of());
            return true;
        });
        if (!right) {
            throw Refusal.invalid("code", "That is not the code of this moment. Is the phone's clock right?");
        }
    }

    /// Switches it off; the recovery codes go with it.
    public void remove(CompanyId company, UserId user) {
        database.change(company, transaction -> {
            forget(transaction, user);
            transaction.audit("user.secondFactorOff", "user:" + user, Map.of());
        });
    }

    /// Looks at a sign-in's code, and uses it up.
    ///
    /// @param code of the app or a recovery code; null when none was given
    Outcome check(CompanyId company, UserId user, @Nullable String code) {
        return database.write(company, transaction -> {
            Optional<Held> held = held(transaction, user).filter(Held::confirmed);
            if (held.isEmpty()) {
                return Outcome.NOT_NEEDED;
            }
            String given = code == null ? "" : plain(code);
            if (given.isEmpty()) {
                return Outcome.MISSING;
            }
            boolean right = given.length() > 6
                    ? useRecovery(transaction, user, given)
                    : use(transaction, user, held.get(), given);
            return right ? Outcome.RIGHT : Outcome.WRONG;
        });
    }

    private boolean use(Transaction transaction, UserId user, Held held, String code) {
        byte[] secret = Base64.getDecoder().decode(secrets.open(context(user), held.sealed()));
        OptionalLong step = Totp.match(secret, code, transaction.now(), held.lastStep());
        // Of two sign-ins with one code the second finds the step taken.
        return step.isPresent()
                && transaction
                                .update("""
                                        update user_totp set last_step = :step
                                        where company_id = :company and user_id = :user and last_step < :step
                                        """)
                                .bind("step", step.getAsLong())
                                .bind("user", user)
                                .execute()
                        == 1;
    }

    private static boolean useRecovery(Transaction transaction, UserId user, String code) {
        return transaction
                        .update("""
                                update recovery_code set used_at = :now
                                where company_id = :company and user_id = :user and code_hash = :hash and used_at is null
                                """)
                        .bind("now", transaction.now())
                        .bind("user", user)
                        .bind("hash", Hashes.of(code))
                        .execute()
                == 1;
    }

    private static Optional<Held> held(Transaction transaction, UserId user) {
        return transaction
                .query("""
                        select secret, confirmed_at, last_step from user_totp
                        where company_id = :company and user_id = :user
                        """)
                .bind("user", user)
                .map((row, _) -> new Held(
                        row.getString("secret"), row.getObject("confirmed_at") != null, row.getLong("last_step")))
                .findOne();
    }

    private static void forget(Transaction transaction, UserId user) {
        for (String table : List.of("user_totp", "recovery_code")) {
            transaction
                    .update("delete from " + table + " where company_id = :company and user_id = :user")
                    .bind("user", user)
                    .execute();
        }
    }

    private static String context(UserId user) {
        return "totp:" + user;
    }

    private static String recoveryCode() {
        return String.join("-", Totp.base32(Hashes.random(RECOVERY_BYTES)).split("(?<=\\G.{4})"));
    }

    /// What a person typed, without what makes it readable.
    private static String plain(String typed) {
        return typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }
}
