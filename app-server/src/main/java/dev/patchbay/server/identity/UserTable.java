package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Me;
import dev.patchbay.model.OfficeId;
import dev.patchbay.model.Permission;
import dev.patchbay.model.Role;
import dev.patchbay.model.UserId;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The SQL of users.
final class UserTable {
    private static final String SELECT = """
            select u.company_id, u.id, u.email, u.name, u.password_hash, u.roles, u.extra_permissions, u.office_id,
                   u.active, u.version, c.name as company_name, c.slug, c.region
            from app_user u join company c on c.id = u.company_id
            """;

    private final Database database;

    UserTable(Database database) {
        this.database = database;
    }

    /// By e-mail, over all companies: a person signs in with it alone. Inactive ones are absent.
    Optional<UserRow> byEmail(String email) {
        return database.acrossCompanies(
                handle -> handle.createQuery(SELECT + "where u.email = :email and u.active and c.active")
                        .bind("email", email)
                        .map((row, _) -> read(row))
                        .findOne());
    }

    /// The user of a session that has not ended.
    Optional<Me> signedIn(CompanyId company, UserId user, UUID session) {
        return database.read(company, transaction -> transaction
                .query(SELECT + """
                        join user_session s on s.company_id = u.company_id and s.user_id = u.id
                        where u.company_id = :company and u.id = :user and u.active and c.active
                          and s.id = :session and s.revoked_at is null
                        """)
                .bind("user", user)
                .bind("session", session)
                .map((row, _) -> read(row).me())
                .findOne());
    }

    Optional<UserRow> find(Transaction transaction, UserId user) {
        return transaction
                .query(SELECT + "where u.company_id = :company and u.id = :user")
                .bind("user", user)
                .map((row, _) -> read(row))
                .findOne();
    }

    List<UserRow> list(Transaction transaction, UserFilter filter, @Nullable UserId after, int limit) {
        StringBuilder sql = new StringBuilder(SELECT).append("where u.company_id = :company");
        Map<String, Object> bound = new HashMap<>();
        if (!filter.text().isBlank()) {
            sql.append(" and (lower(u.name) like :text escape '!' or u.email like :text escape '!')");
            bound.put("text", "%" + filter.text().toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%");
        }
        if (filter.role() != null) {
            sql.append(" and ' ' || u.roles || ' ' like :role");
            bound.put("role", "% " + filter.role().wire() + " %");
        }
        if (filter.office() != null) {
            sql.append(" and u.office_id = :office");
            bound.put("office", filter.office());
        }
        if (filter.active() != null) {
            sql.append(" and u.active = :active");
            bound.put("active", filter.active());
        }
        if (after != null) {
            sql.append(" and u.id > :after");
            bound.put("after", after);
        }
        return transaction
                .query(sql.append(" order by u.id limit :limit").toString())
                .bindMap(bound)
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    /// Counts the active administrators of the whole installation and locks their rows, so that of two who switch each
    /// other off the second sees what the first did.
    int activeAdministrators(Transaction transaction) {
        return transaction
                .handle()
                .createQuery("""
                        select id from app_user
                        where active and ' ' || roles || ' ' like '% Admin %' order by id for update
                        """)
                .map((row, _) -> row.getObject(1, UUID.class))
                .list()
                .size();
    }

    /// @throws dev.patchbay.server.access.Refusal 422 when the licence has no seat left
    void insert(Transaction transaction, UserRow user) {
        Licences.requireSeat(transaction);
        transaction
                .update("""
                        insert into app_user (company_id, id, email, name, password_hash, roles, extra_permissions, office_id,
                                              created_at, updated_at)
                        values (:company, :id, :email, :name, :hash, :roles, :extra, :office, :now, :now)
                        """)
                .bind("id", user.id())
                .bind("email", user.email())
                .bind("name", user.name())
                .bind("hash", user.passwordHash())
                .bind("roles", join(user.roles(), Role::wire))
                .bind("extra", join(user.extra(), Permission::wire))
                .bind("office", user.office() == null ? null : user.office().value())
                .bind("now", transaction.now())
                .execute();
    }

    /// @return false when the version is no longer the row's
    boolean update(Transaction transaction, UserRow user) {
        return transaction
                        .update("""
                        update app_user set email = :email, name = :name, password_hash = :hash, roles = :roles,
                               extra_permissions = :extra, office_id = :office, active = :active,
                               version = version + 1, updated_at = :now
                        where company_id = :company and id = :id and version = :version
                        """)
                        .bind("id", user.id())
                        .bind("email", user.email())
                        .bind("name", user.name())
                        .bind("hash", user.passwordHash())
                        .bind("roles", join(user.roles(), Role::wire))
                        .bind("extra", join(user.extra(), Permission::wire))
                        .bind(
                                "office",
                                user.office() == null ? null : user.office().value())
                        .bind("active", user.active())
                        .bind("version", user.version())
                        .bind("now", transaction.now())
                        .execute()
                == 1;
    }

    /// Replaces a hash by a better one of the same password; the version stays.
    void upgrade(UserRow user, String hash) {
        database.change(user.company(), transaction -> transaction
                .update("""
                        update app_user set password_hash = :hash
                        where company_id = :company and id = :id and password_hash = :old
                        """)
                .bind("hash", hash)
                .bind("id", user.id())
                .bind("old", user.passwordHash())
                .execute());
    }

    private static <T> String join(Set<T> values, Function<T, String> wire) {
        return values.stream().map(wire).sorted().collect(Collectors.joining(" "));
    }

    private static <T> Set<T> split(String text, Function<String, T> parse) {
        return Arrays.stream(text.split(" "))
                .filter(part -> !part.isEmpty())
                .map(parse)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static UserRow read(ResultSet row) throws SQLException {
        UUID office = row.getObject("office_id", UUID.class);
        return new UserRow(
                new CompanyId(row.getObject("company_id", UUID.class)),
                row.getString("company_name"),
                row.getString("slug"),
                row.getString("region"),
                new UserId(row.getObject("id", UUID.class)),
                row.getString("email"),
                row.getString("name"),
                row.getString("password_hash"),
                split(row.getString("roles"), Role::of),
                split(row.getString("extra_permissions"), Permission::of),
                office == null ? null : new OfficeId(office),
                row.getBoolean("active"),
                row.getLong("version"));
    }
}
