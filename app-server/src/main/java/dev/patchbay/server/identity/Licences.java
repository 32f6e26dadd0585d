package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.License;
import dev.patchbay.server.access.Check;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Differences;
import dev.patchbay.server.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What each company may use. A company without terms of its own may use everything, for ever.
///
/// An expired licence stops calls from being placed and answered; people still sign in and work with their data. A
/// limit of seats stops more people from being added or switched on; nobody who is there is thrown out by it.
public final class Licences {
    private static final String FREE = "community";

    private final Database database;

    /// What was agreed.
    ///
    /// @param features names of what the plan holds; none when it holds everything
    /// @param seats active users at most; null for any number
    /// @param expiresAt null for no end
    public record Terms(
            String plan,
            @Nullable List<String> features,
            @Nullable Integer seats,
            @Nullable Instant expiresAt) {}

    Licences(Database database) {
        this.database = database;
    }

    public License of(CompanyId company) {
        return database.read(company, Licences::of);
    }

    static License of(Transaction transaction) {
        Terms terms = terms(transaction, "").orElse(new Terms(FREE, null, null, null));
        boolean expired = expired(terms, transaction.now());
        return new License(
                terms.plan(),
                terms.features() == null ? List.of() : terms.features(),
                terms.seats(),
                usedSeats(transaction),
                terms.expiresAt(),
                expired,
                !expired);
    }

    /// Replaces a company's terms.
    ///
    /// @throws Refusal 400 with the fields that are wrong
    public License change(CompanyId company, Terms terms) {
        Check check = new Check();
        String plan = check.text("plan", terms.plan(), 1, 60);
        List<String> features = terms.features() == null ? List.of() : terms.features();
        check.that(
                features.stream().allMatch(feature -> feature.matches("[A-Za-z0-9._-]{1,40}")) && features.size() <= 20,
                "features",
                "Features are at most 20 names of letters, digits, dots and hyphens.");
        check.that(
                terms.seats() == null || terms.seats() > 0,
                "seats",
                "seats is a whole number from 1, or null for any.");
        check.done();
        return database.write(company, transaction -> {
            License before = of(transaction);
            transaction
                    .update("delete from licence where company_id = :company")
                    .execute();
            transaction
                    .update("""
                            insert into licence (company_id, plan, features, seats, expires_at, updated_at)
                            values (:company, :plan, :features, :seats, :expires, :now)
                            """)
                    .bind("plan", plan)
                    .bind("features", String.join(" ", features))
                    .bind("seats", terms.seats())
                    .bindByType("expires", terms.expiresAt(), Instant.class)
                    .bind("now", transaction.now())
                    .execute();
            License after = of(transaction);
            transaction.audit("license.changed", "company:" + company, Differences.between(before, after));
            return after;
        });
    }

    /// @throws Refusal 422 `LICENSE_EXPIRED`
    public static void requireCalling(Transaction transaction) {
        if (terms(transaction, "")
                .filter(terms -> expired(terms, transaction.now()))
                .isPresent()) {
            throw Refusal.rule(
                    "LICENSE_EXPIRED",
                    "Your company's licence has expired: calls can be neither placed nor answered until it is renewed. "
                            + "Everything else goes on.");
        }
    }

    /// Before an active user is added. Of two who take the last seat at once the second waits and sees the first.
    ///
    /// @throws Refusal 422 `NO_SEAT_LEFT`
    static void requireSeat(Transaction transaction) {
        Integer seats = terms(transaction, "for update").map(Terms::seats).orElse(null);
        if (seats != null && usedSeats(transaction) >= seats) {
            throw Refusal.rule(
                    "NO_SEAT_LEFT",
                    "The licence holds " + seats + " active users, and all seats are taken. Switch somebody off, or "
                            + "extend the licence.");
        }
    }

    private static boolean expired(Terms terms, Instant now) {
        return terms.expiresAt() != null && !terms.expiresAt().isAfter(now);
    }

    private static Optional<Terms> terms(Transaction transaction, String lock) {
        return transaction
                .query("select plan, features, seats, expires_at from licence where company_id = :company " + lock)
                .map((row, _) -> read(row))
                .findOne();
    }

    private static int usedSeats(Transaction transaction) {
        return transaction
                .query("select count(*) from app_user where company_id = :company and active")
                .mapTo(Integer.class)
                .one();
    }

    private static Terms read(ResultSet row) throws SQLException {
        var expires = row.getObject("expires_at", java.time.OffsetDateTime.class);
        return new Terms(
                row.getString("plan"),
                Arrays.stream(row.getString("features").split(" "))
                        .filter(name -> !name.isEmpty())
                        .toList(),
                row.getObject("seats", Integer.class),
                expires == null ? null : expires.toInstant());
    }
}
