package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.CompanyView;
import dev.patchbay.model.PhoneNumber;
import dev.patchbay.model.Role;
import dev.patchbay.model.Tokens;
import dev.patchbay.server.access.Check;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Database;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Accounts that people make themselves: a company with who runs it, or a student of a company.
public final class Registration {
    private static final int TRIES = 3;

    private final Database database;
    private final UserTable table;
    private final Companies companies;
    private final Users users;
    private final Sessions sessions;
    private final boolean open;
    private final Predicate<CompanyId> studentsWelcome;

    /// @param region ISO 3166-1 alpha-2; US when null
    record NewCompany(String company, @Nullable String region, String name, String email, String password) {
        @Override
        public String toString() {
            return "NewCompany[" + email + "]";
        }
    }

    /// @param company the company's name in addresses
    /// @param phone as a person of the company's region types it
    record NewStudent(
            String company,
            String name,
            String email,
            String password,
            @Nullable String phone) {
        @Override
        public String toString() {
            return "NewStudent[" + email + "]";
        }
    }

    /// @param open whether anybody may found a company
    /// @param studentsWelcome whether a company lets students make their accounts
    Registration(
            Database database,
            UserTable table,
            Companies companies,
            Users users,
            Sessions sessions,
            boolean open,
            Predicate<CompanyId> studentsWelcome) {
        this.database = database;
        this.table = table;
        this.companies = companies;
        this.users = users;
        this.sessions = sessions;
        this.open = open;
        this.studentsWelcome = studentsWelcome;
    }

    /// Founds a company. Who founds the first one runs the installation (Admin); who founds another runs that one only
    /// (Manager): an administrator sees every company.
    ///
    /// @throws Refusal 403 `REGISTRATION_CLOSED`, 400 with the fields that are wrong, 409 `EMAIL_TAKEN`
    Tokens register(NewCompany body, Sessions.Origin origin) {
        if (!open) {
            throw Refusal.of(
                    403, "REGISTRATION_CLOSED", "New companies are made by whoever runs this server. Ask them.");
        }
        Check check = new Check();
        check.text("company", body.company(), 1, 200);
        Passwords.check(check, "password", body.password(), body.email(), body.company(), body.name());
        check.done();
        Role role = companies.isEmpty() ? Role.ADMIN : Role.MANAGER;
        Users.NewUser founder = new Users.NewUser(body.name(), body.email(), body.password(), Set.of(role), null, null);
        for (int attempt = 1; ; attempt++) {
            try {
                companies.found(
                        new Companies.NewCompany(body.company(), freeSlug(body.company()), body.region(), founder));
                return signIn(body.email(), origin);
            } catch (Refusal refusal) {
                if (attempt == TRIES || !refusal.body().code().equals("SLUG_TAKEN")) {
                    throw refusal;
                }
            }
        }
    }

    /// Two companies may have one name; in addresses the later one has a tail.
    private String freeSlug(String company) {
        String slug = Companies.slugOf(company);
        return companies.bySlug(slug).isEmpty()
                ? slug
                : slug + "-" + Totp.base32(Hashes.random(5)).toLowerCase(Locale.ROOT);
    }

    /// Makes a student, whatever role the request asks for.
    ///
    /// @throws Refusal 400 with the fields that are wrong, 403 `SIGN_UP_CLOSED`, 409 `EMAIL_TAKEN`, 422
    /// `NO_SEAT_LEFT`
    Tokens signUp(NewStudent body, Sessions.Origin origin) {
        CompanyView company = companies
                .bySlug(body.company().strip())
                .orElseThrow(() -> Refusal.invalid("company", "There is no such company."));
        if (!studentsWelcome.test(company.id())) {
            throw Refusal.of(
                    403, "SIGN_UP_CLOSED", company.name() + " makes its students' accounts itself. Ask there.");
        }
        Check check = new Check();
        Passwords.check(check, "password", body.password(), body.email(), company.name(), body.name());
        String phone = phone(check, body.phone(), company.region());
        check.done();
        UserRow student = users.prepare(
                company.id(),
                new Users.NewUser(body.name(), body.email(), body.password(), Set.of(Role.STUDENT), null, null));
        Users.unlessTaken(() -> database.write(company.id(), transaction -> {
            users.insert(transaction, student);
            return transaction
                    .update("update app_user set phone = :phone where company_id = :company and id = :id")
                    .bind("phone", phone)
                    .bind("id", student.id())
                    .execute();
        }));
        return signIn(body.email(), origin);
    }

    /// A number as people of the region write it, in E.164; blank is none.
    static @Nullable String phone(Check check, @Nullable String typed, String region) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        return PhoneNumber.parse(typed, region).map(PhoneNumber::e164).orElseGet(() -> {
            check.add("phone", "INVALID_PHONE", "phone is no telephone number.");
            return "";
        });
    }

    private Tokens signIn(String email, Sessions.Origin origin) {
        return sessions.open(
                table.byEmail(email.strip().toLowerCase(Locale.ROOT)).orElseThrow(), origin);
    }
}
