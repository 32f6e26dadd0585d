package dev.patchbay.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.DirectoryEntry;
import dev.patchbay.model.Me;
import dev.patchbay.model.OfficeId;
import dev.patchbay.model.Page;
import dev.patchbay.model.Permission;
import dev.patchbay.model.Role;
import dev.patchbay.model.UserId;
import dev.patchbay.model.UserView;
import dev.patchbay.server.access.Check;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Differences;
import dev.patchbay.server.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The people of a company: made, changed, switched off. Nobody is ever erased: calls and leads name them.
///
/// Nobody gives away what they do not hold, and nobody below an administrator touches an administrator.
public final class Users {
    private final Database database;
    private final UserTable table;
    private final Passwords passwords;
    private final Sessions sessions;

    /// A user to be.
    ///
    /// @param extraPermissions what the user may besides what the roles bring
    public record NewUser(
            String name,
            String email,
            String password,
            Set<Role> roles,
            @Nullable List<String> extraPermissions,
            @Nullable OfficeId officeId) {
        @Override
        public String toString() {
            return "NewUser[" + email + "]";
        }
    }

    /// What to change; null leaves it as it is.
    ///
    /// @param officeId an explicit `null` takes the user out of the office
    /// @param version the version that was looked at; null changes whatever is there
    public record Change(
            @Nullable Long version,
            @Nullable String name,
            @Nullable String email,
            @Nullable String password,
            @Nullable Set<Role> roles,
            @Nullable List<String> extraPermissions,
            @Nullable JsonNode officeId,
            @Nullable Boolean active) {
        @Override
        public String toString() {
            return "Change[version=" + version + "]";
        }
    }

    /// What users may change of themselves.
    ///
    /// @param phone as people of the company's region write it; blank takes it away
    public record OwnChange(
            @Nullable String name,
            @Nullable String phone,
            @Nullable String currentPassword,
            @Nullable String newPassword) {
        @Override
        public String toString() {
            return "OwnChange[]";
        }
    }

    Users(Database database, UserTable table, Passwords passwords, Sessions sessions) {
        this.database = database;
        this.table = table;
        this.passwords = passwords;
        this.sessions = sessions;
    }

    /// @throws Refusal 400 with the fields that are wrong, 403 for a role beyond the asker's, 409 `EMAIL_TAKEN`
    public UserView create(Principal.User asker, NewUser body) {
        mayGive(asker, body.roles(), permissions(body.extraPermissions()));
        return create(asker.company(), inOffice(asker, body));
    }

    /// Who is bound to an office makes users there and nowhere else.
    static NewUser inOffice(Principal.User asker, NewUser body) {
        OfficeId own = asker.me().boundTo();
        if (own == null || own.equals(body.officeId())) {
            return body;
        }
        if (body.officeId() != null) {
            throw otherOffice();
        }
        return new NewUser(body.name(), body.email(), body.password(), body.roles(), body.extraPermissions(), own);
    }

    /// As an administrator at the server's terminal, or a company's founding, does it.
    public UserView create(CompanyId company, NewUser body) {
        UserRow user = prepare(company, body);
        return unlessTaken(() -> database.write(company, transaction -> insert(transaction, user)));
    }

    /// A user of the demo, whose password may be as simple as whoever shows it likes.
    public UserView createForDemo(CompanyId company, NewUser body) {
        String hash = passwords.hash(body.password());
        UserRow user = new UserRow(
                company,
                "",
                "",
                "",
                UserId.fresh(),
                body.email(),
                body.name(),
                hash,
                body.roles(),
                Set.of(),
                null,
                true,
                1);
        return unlessTaken(() -> database.write(company, transaction -> insert(transaction, user)));
    }

    /// Checks a new user and hashes the password, outside of any transaction: it takes its time.
    UserRow prepare(CompanyId company, NewUser body) {
        Check check = new Check();
        String name = check.text("name", body.name(), 1, 200);
        String email = check.email("email", body.email());
        Passwords.check(check, "password", body.password(), email);
        check.that(!body.roles().isEmpty(), "roles", "A user has at least one role.");
        Set<Permission> extra = permissions(body.extraPermissions());
        check.done();
        String hash = passwords.hash(body.password());
        return new UserRow(
                company, "", "", "", UserId.fresh(), email, name, hash, body.roles(), extra, body.officeId(), true, 1);
    }

    UserView insert(Transaction transaction, UserRow user) {
        officeExists(transaction, user.office());
        table.insert(transaction, user);
        transaction.audit("user.created", "user:" + user.id(), user.view());
        return user.view();
    }

    static <T> T unlessTaken(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            if (Database.isDuplicate(e)) {
                throw Refusal.conflict("EMAIL_TAKEN", "Somebody signs in with this e-mail address already.");
            }
            throw e;
        }
    }

    /// @throws Refusal 404 when there is no such company, or it was closed
    void requireCompany(CompanyId company) {
        boolean open = database.read(company, transaction -> transaction
                        .query("select id from company where id = :company and active")
                        .mapTo(UUID.class)
                        .findOne())
                .isPresent();
        if (!open) {
            throw Refusal.notFound("company");
        }
    }

    public Page<UserView> list(CompanyId company, UserFilter filter, @Nullable UserId after, int limit) {
        long asOf = database.lastSeq(company);
        return database.read(company, transaction -> {
            List<UserRow> rows = table.list(transaction, filter, after, limit + 1);
            List<UserView> views = rows.stream().limit(limit).map(UserRow::view).toList();
            return new Page<>(views, rows.size() > limit ? views.getLast().id().toString() : null, asOf);
        });
    }

    /// How the asker looks now, after a change.
    Me me(Principal.User asker) {
        return database.read(
                asker.company(), transaction -> row(transaction, asker.id()).me());
    }

    /// @throws Refusal 404 for another company's, 403 for another office's when the asker is bound to one
    public UserView find(Principal.User asker, UserId id) {
        UserRow row = database.read(asker.company(), transaction -> row(transaction, id));
        sameOffice(asker, row);
        return row.view();
    }

    /// Changes a user. Switching off or a new password ends all sign-ins.
    ///
    /// @throws Refusal 404 for another company's, 409 `VERSION_CONFLICT` with the `current` one, 422 `LAST_ADMIN`
    public UserView change(Principal.User asker, UserId id, Change body) {
        UserRow before = database.read(asker.company(), transaction -> row(transaction, id));
        mayTouch(asker, before);
        sameOffice(asker, before);
        Check check = new Check();
        String name = body.name() == null ? before.name() : check.text("name", body.name(), 1, 200);
        String email = body.email() == null ? before.email() : check.email("email", body.email());
        if (body.password() != null) {
            Passwords.check(check, "password", body.password(), email);
        }
        Set<Role> roles = body.roles() == null ? before.roles() : body.roles();
        check.that(!roles.isEmpty(), "roles", "A user has at least one role.");
        Set<Permission> extra = body.extraPermissions() == null ? before.extra() : permissions(body.extraPermissions());
        check.done();
        if (body.roles() != null || body.extraPermissions() != null) {
            mayGive(asker, minus(roles, before.roles()), minus(extra, before.extra()));
        }
        boolean active = body.active() == null ? before.active() : body.active();
        if (!active && asker.id().equals(id)) {
            throw Refusal.rule("OWN_ACCOUNT", "Somebody else must switch you off.");
        }
        String hash = body.password() == null ? before.passwordHash() : passwords.hash(body.password());
        OfficeId office = body.officeId() == null ? before.office() : office(body.officeId());
        if (asker.me().boundTo() != null && !Objects.equals(office, before.office())) {
            throw otherOffice();
        }
        UserView after = unlessTaken(() -> database.write(asker.company(), transaction -> {
            UserRow now = row(transaction, id);
            if (now.version() != (body.version() == null ? before.version() : body.version())) {
                throw stale(now);
            }
            officeExists(transaction, office);
            UserRow changed = new UserRow(
                    now.company(),
                    now.companyName(),
                    now.slug(),
                    now.region(),
                    id,
                    email,
                    name,
                    hash,
                    roles,
                    extra,
                    office,
                    active,
                    now.version());
            return store(transaction, now, changed, body.password() != null);
        }));
        if (!after.roles().equals(before.roles())
                || body.extraPermissions() != null
                || !Objects.equals(after.officeId(), before.office())) {
            sessions.accessChanged(asker.company(), id);
        }
        return after;
    }

    private void someAdministratorStays(Transaction transaction, UserRow now, boolean administers) {
        if (now.active()
                && now.roles().contains(Role.ADMIN)
                && !administers
                && table.activeAdministrators(transaction) < 2) {
            throw Refusal.rule("LAST_ADMIN", "Nobody could administer this installation any more.");
        }
    }

    /// Whether there is such a company.
    boolean knows(CompanyId company) {
        return database.acrossCompanies(handle -> handle.createQuery("select 1 from company where id = :id")
                .bind("id", company.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    boolean isActive(Transaction transaction, UserId id) {
        return table.find(transaction, id).filter(UserRow::active).isPresent();
    }

    /// Switches a user off in the caller's transaction, which also ends the sessions.
    void switchOff(Transaction transaction, UserId id) {
        someAdministratorStays(transaction, row(transaction, id), false);
        transaction
                .update("update app_user set active = false, version = version + 1, updated_at = :now"
                        + " where company_id = :company and id = :id")
                .bind("id", id)
                .bind("now", transaction.now())
                .execute();
    }

    private UserView store(Transaction transaction, UserRow now, UserRow changed, boolean newPassword) {
        someAdministratorStays(
                transaction, now, changed.active() && changed.roles().contains(Role.ADMIN));
        if (changed.active() && !now.active()) {
            Licences.requireSeat(transaction);
        }
        if (!table.update(transaction, changed)) {
            throw stale(row(transaction, now.id()));
        }
        if (!changed.active() || newPassword) {
            sessions.endAll(transaction, now.id(), null, changed.active() ? "new password" : "switched off");
        }
        UserView after = row(transaction, now.id()).view();
        Map<String, Object> detail = new TreeMap<>(Differences.between(now.view(), after));
        if (newPassword) {
            detail.put("password", "changed");
        }
        if (!detail.isEmpty()) {
            detail.put("user", after.name());
            transaction.audit(action(now, after), "user:" + now.id(), detail);
        }
        return after;
    }

    private static String action(UserRow before, UserView after) {
        if (before.active() == after.active()) {
            return "user.changed";
        }
        return after.active() ? "user.switchedOn" : "user.switchedOff";
    }

    private static @Nullable OfficeId office(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        try {
            return OfficeId.of(value.asText());
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("officeId", "There is no such office.");
        }
    }

    private static Refusal otherOffice() {
        return Refusal.of(403, "FORBIDDEN", "You look after the people of your own office only.");
    }

    static void sameOffice(Principal.User asker, UserRow user) {
        OfficeId own = asker.me().boundTo();
        if (own != null && !own.equals(user.office())) {
            throw otherOffice();
        }
    }

    private static Refusal stale(UserRow now) {
        return Refusal.conflict(
                "VERSION_CONFLICT", "Somebody changed this user in between.", Map.of("current", now.view()));
    }

    /// Switches a user off; the history keeps the name.
    public void remove(Principal.User asker, UserId id) {
        change(asker, id, new Change(null, null, null, null, null, null, null, false));
    }

    /// Changes what users may change of themselves; a new password ends the other sign-ins.
    ///
    /// @throws Refusal 400 naming `currentPassword` when it is wrong
    public void changeOwn(Principal.User asker, OwnChange body) {
        UserRow before = database.read(asker.company(), transaction -> row(transaction, asker.id()));
        Check check = new Check();
        String name = body.name() == null ? before.name() : check.text("name", body.name(), 1, 200);
        String hash = before.passwordHash();
        if (body.newPassword() != null) {
            Passwords.check(check, "newPassword", body.newPassword(), before.email(), before.companyName(), name);
            String current = body.currentPassword() == null ? "" : body.currentPassword();
            check.that(
                    passwords.verify(current, before.passwordHash()).right(),
                    "currentPassword",
                    "The present password is wrong.");
            check.done();
            hash = passwords.hash(body.newPassword());
        }
        String phone = Registration.phone(check, body.phone(), before.region());
        check.done();
        String newHash = hash;
        database.change(asker.company(), transaction -> {
            UserRow now = row(transaction, asker.id());
            UserRow changed = new UserRow(
                    now.company(),
                    now.companyName(),
                    now.slug(),
                    now.region(),
                    now.id(),
                    now.email(),
                    name,
                    newHash,
                    now.roles(),
                    now.extra(),
                    now.office(),
                    now.active(),
                    now.version());
            if (!table.update(transaction, changed)) {
                throw stale(row(transaction, asker.id()));
            }
            if (body.phone() != null) {
                transaction
                        .update("update app_user set phone = :phone where company_id = :company and id = :id")
                        .bind("phone", phone)
                        .bind("id", asker.id())
                        .execute();
            }
            if (body.newPassword() != null) {
                sessions.endAll(transaction, asker.id(), asker.session(), "new password");
                transaction.audit("user.passwordChanged", "user:" + asker.id(), Map.of("user", name));
            }
        });
    }

    /// Sets a password without knowing the old one, as an administrator at the server's terminal does it; ends all
    /// sign-ins.
    ///
    /// @return false when nobody active signs in with this address
    public boolean resetPassword(String email, String password) {
        Check check = new Check();
        String address = check.email("email", email);
        Passwords.check(check, "password", password, address);
        check.done();
        return setPassword(address, password);
    }

    /// As [#resetPassword], for the demo: any password will do.
    public void resetPasswordForDemo(String email, String password) {
        setPassword(email, password);
    }

    private boolean setPassword(String address, String password) {
        return table.byEmail(address)
                .map(found -> {
                    String hash = passwords.hash(password);
                    return database.write(found.company(), transaction -> {
                        UserRow now = row(transaction, found.id());
                        table.update(
                                transaction,
                                new UserRow(
                                        now.company(),
                                        now.companyName(),
                                        now.slug(),
                                        now.region(),
                                        now.id(),
                                        now.email(),
                                        now.name(),
                                        hash,
                                        now.roles(),
                                        now.extra(),
                                        now.office(),
                                        true,
                                        now.version()));
                        sessions.endAll(transaction, now.id(), null, "password reset");
                        transaction.audit("user.passwordReset", "user:" + now.id(), Map.of("user", now.name()));
                        return true;
                    });
                })
                .orElse(false);
    }

    /// Colleagues, by name.
    ///
    /// @param states what the calls know of each; who is not in it is offline
    public List<DirectoryEntry> directory(CompanyId company, Function<CompanyId, Map<UserId, String>> states) {
        Map<UserId, String> known = states.apply(company);
        return database.read(company, transaction -> transaction
                .query("""
                        select id, name from app_user where company_id = :company and active order by lower(name), id
                        """)
                .map((row, _) -> {
                    UserId id = new UserId(row.getObject("id", UUID.class));
                    return new DirectoryEntry(id, row.getString("name"), known.getOrDefault(id, "offline"));
                })
                .list());
    }

    UserRow row(Transaction transaction, UserId id) {
        return table.find(transaction, id).orElseThrow(() -> Refusal.notFound("user"));
    }

    private static void officeExists(Transaction transaction, @Nullable OfficeId office) {
        if (office != null
                && transaction
                        .query("select 1 from office where company_id = :company and id = :office")
                        .bind("office", office)
                        .mapTo(Integer.class)
                        .findOne()
                        .isEmpty()) {
            throw Refusal.invalid("officeId", "There is no such office.");
        }
    }

    static Set<Permission> permissions(@Nullable List<String> names) {
        List<Permission> permissions = new ArrayList<>();
        for (String name : names == null ? List.<String>of() : names) {
            try {
                permissions.add(Permission.of(name));
            } catch (IllegalArgumentException e) {
                throw Refusal.invalid("extraPermissions", "There is no permission of that name.");
            }
        }
        return Set.copyOf(permissions);
    }

    static void mayGive(Principal.User asker, Set<Role> roles, Set<Permission> extra) {
        for (Role role : roles) {
            role.permissions().forEach(permission -> mayGive(asker, permission));
        }
        extra.forEach(permission -> mayGive(asker, permission));
    }

    private static void mayGive(Principal.User asker, Permission permission) {
        if (!asker.may(permission)) {
            throw Refusal.of(403, "FORBIDDEN", "You cannot give what you may not do (" + permission.wire() + ").");
        }
    }

    static void mayTouch(Principal.User asker, UserRow user) {
        if (!asker.me().permissions().containsAll(user.permissions())) {
            throw Refusal.of(403, "FORBIDDEN", "This user may do more than you.");
        }
    }

    private static <T> Set<T> minus(Set<T> all, Set<T> some) {
        return all.stream().filter(one -> !some.contains(one)).collect(java.util.stream.Collectors.toSet());
    }
}
