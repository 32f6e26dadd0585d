package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Id;
import dev.patchbay.model.Me;
import dev.patchbay.model.Page;
import dev.patchbay.model.Permission;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Check;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keys by which other programs act for a person, with no more than the key's scopes and no more than the person may.
///
/// Only a hash is kept; the key is shown once. A key ends when it is revoked, when its time is up, and with the
/// person's account. It cannot touch the account itself: passwords, sessions, other keys.
public final class ApiKeys {
    static final String PREFIX = "pbk_";
    private static final int SHOWN = 12;
    private static final int MOST = 50;
    /// How exactly the last use is kept: not a write for each request.
    private static final Duration USED = Duration.ofMinutes(1);

    private final Database database;
    private final UserTable users;
    private final Sessions sessions;

    /// @param scopes permissions, such as `leads.view`
    /// @param expiresAt null for no end
    record NewKey(
            String name, Set<Permission> scopes, @Nullable Instant expiresAt) {}

    /// @param prefix how the key begins, to tell one from another
    public record View(
            UUID id,
            String name,
            List<String> scopes,
            String prefix,
            UserId userId,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant expiresAt) {}

    /// @param key shown this once
    record Made(
            UUID id,
            String name,
            List<String> scopes,
            String prefix,
            UserId userId,
            Instant createdAt,
            @Nullable Instant expiresAt,
            String key) {
        @Override
        public String toString() {
            return "Made[" + prefix + "]";
        }
    }

    private record Held(CompanyId company, View view) {}

    ApiKeys(Database database, UserTable users, Sessions sessions) {
        this.database = database;
        this.users = users;
        this.sessions = sessions;
    }

    /// @throws Refusal 400 with the fields that are wrong, 403 for a scope beyond the asker's permissions, 422
    /// `TOO_MANY_KEYS`
    Made make(Principal.User asker, NewKey body) {
        Check check = new Check();
        String name = check.text("name", body.name(), 1, 100);
        check.that(!body.scopes().isEmpty(), "scopes", "A key has at least one scope.");
        Instant expires = body.expiresAt();
        check.that(expires == null || expires.isAfter(database.now()), "expiresAt", "expiresAt lies in the past.");
        check.done();
        for (Permission scope : body.scopes()) {
            if (!asker.may(scope)) {
                throw Refusal.forbidden(scope);
            }
        }
        String key = PREFIX + Hashes.token();
        String prefix = key.substring(0, SHOWN);
        UUID id = Id.next();
        List<String> scopes =
                body.scopes().stream().map(Permission::wire).sorted().toList();
        Instant made = database.write(asker.company(), transaction -> {
            if (live(transaction, asker.id()).size() >= MOST) {
                throw Refusal.rule(
                        "TOO_MANY_KEYS", "You have " + MOST + " keys. Revoke one that is not used any more.");
            }
            transaction
                    .update("""
                            insert into api_key (company_id, id, user_id, name, prefix, key_hash, scopes, created_at, expires_at)
                            values (:company, :id, :user, :name, :prefix, :hash, :scopes, :now, :expires)
                            """)
                    .bind("id", id)
                    .bind("user", asker.id())
                    .bind("name", name)
                    .bind("prefix", prefix)
                    .bind("hash", Hashes.of(key))
                    .bind("scopes", String.join(" ", scopes))
                    .bind("now", transaction.now())
                    .bindByType("expires", expires, Instant.class)
                    .execute();
            transaction.audit("apiKey.made", "apiKey:" + id, Map.of("name", name, "scopes", scopes));
            return transaction.now();
        });
        return new Made(id, name, scopes, prefix, asker.id(), made, expires, key);
    }

    /// The asker's keys; all of the company for whoever runs it.
    Page<View> list(Principal.User asker) {
        boolean all = asker.may(Permission.COMPANY_MANAGE);
        List<View> views = database.read(asker.company(), transaction -> live(transaction, all ? null : asker.id()));
        return new Page<>(views, null, database.lastSeq(asker.company()));
    }

    private static List<View> live(Transaction transaction, @Nullable UserId user) {
        var query = transaction.query("""
                select company_id, id, user_id, name, prefix, scopes, created_at, expires_at, last_used_at from api_key
                where company_id = :company and revoked_at is null %s order by id
                """.formatted(user == null ? "" : "and user_id = :user"));
        if (user != null) {
            query.bind("user", user);
        }
        return query.map((row, _) -> held(row).view()).list();
    }

    /// @throws Refusal 404 when it is not the asker's (or, for whoever runs the company, the company's)
    void revoke(Principal.User asker, UUID id) {
        boolean any = asker.may(Permission.COMPANY_MANAGE);
        database.change(asker.company(), transaction -> {
            View key = live(transaction, any ? null : asker.id()).stream()
                    .filter(view -> view.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> Refusal.notFound("key"));
            transaction
                    .update("update api_key set revoked_at = :now where company_id = :company and id = :id")
                    .bind("now", transaction.now())
                    .bind("id", id)
                    .execute();
            transaction.audit("apiKey.revoked", "apiKey:" + id, Map.of("name", key.name()));
            // A program's sockets go by the key's id as a person's go by the session's.
            transaction.afterCommit(() -> sessions.ended(asker.company(), key.userId(), id));
        });
    }

    /// @throws Refusal 401 when it is unknown, revoked or over, or its person is switched off
    Principal authenticate(String key) {
        Held held = byKey(key).orElseThrow(Refusal::unauthenticated);
        View view = held.view();
        UserRow user = database.read(held.company(), transaction -> users.find(transaction, view.userId()))
                .filter(UserRow::active)
                .orElseThrow(Refusal::unauthenticated);
        Set<Permission> may = EnumSet.noneOf(Permission.class);
        view.scopes().forEach(scope -> may.add(Permission.of(scope)));
        may.retainAll(user.permissions());
        used(held);
        Me me = user.me();
        return new Principal.User(
                new Me(me.id(), me.name(), me.email(), me.roles(), may, me.company()), view.id(), view.id());
    }

    private Optional<Held> byKey(String key) {
        return database.acrossCompanies(handle -> handle.createQuery("""
                        select k.company_id, k.id, k.user_id, k.name, k.prefix, k.scopes, k.created_at, k.expires_at,
                               k.last_used_at
                        from api_key k join company c on c.id = k.company_id
                        where k.key_hash = :hash and k.revoked_at is null and c.active
                          and (k.expires_at is null or k.expires_at > :now)
                        """)
                .bind("hash", Hashes.of(key))
                .bind("now", database.now())
                .map((row, _) -> held(row))
                .findOne());
    }

    private void used(Held held) {
        Instant last = held.view().lastUsedAt();
        if (last == null || Duration.between(last, database.now()).compareTo(USED) >= 0) {
            database.change(held.company(), transaction -> transaction
                    .update("update api_key set last_used_at = :now where company_id = :company and id = :id")
                    .bind("now", transaction.now())
                    .bind("id", held.view().id())
                    .execute());
        }
    }

    private static Held held(ResultSet row) throws SQLException {
        return new Held(
                new CompanyId(row.getObject("company_id", UUID.class)),
                new View(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        Arrays.stream(row.getString("scopes").split(" ")).collect(Collectors.toList()),
                        row.getString("prefix"),
                        new UserId(row.getObject("user_id", UUID.class)),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        instant(row, "last_used_at"),
                        instant(row, "expires_at")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
