package dev.patchbay.server;

import dev.patchbay.model.CompanyView;
import dev.patchbay.model.Role;
import dev.patchbay.server.identity.Companies;
import dev.patchbay.server.identity.Identity;
import dev.patchbay.server.identity.Users;
import java.util.List;
import java.util.Set;

/// The company `demo`, with which a first look needs no set-up.
final class DemoData {
    private record Person(String name, String email, Role role) {}

    private static final List<Person> PEOPLE = List.of(
            new Person("Ada Admin", "admin@demo.test", Role.ADMIN),
            new Person("Sam Supervisor", "supervisor@demo.test", Role.MANAGER),
            new Person("Alex Agent", "agent@demo.test", Role.AGENT),
            new Person("Robin Agent", "agent2@demo.test", Role.AGENT));

    private DemoData() {}

    /// Makes the company, or gives its users the password when it is there from an earlier time.
    ///
    /// @throws CannotStart when the database holds somebody's real data
    static void install(Identity identity, String password) {
        if (identity.companies().isEmpty()) {
            CompanyView company =
                    identity.companies().found(new Companies.NewCompany("Demo Company", "demo", "US", null));
            for (Person person : PEOPLE) {
                identity.users()
                        .createForDemo(
                                company.id(),
                                new Users.NewUser(
                                        person.name(), person.email(), password, Set.of(person.role()), null, null));
            }
            return;
        }
        if (identity.companies().bySlug("demo").isEmpty()) {
            throw new CannotStart(
                    "The database holds other companies: the demo needs an empty one. Choose a new folder with --data.",
                    null);
        }
        PEOPLE.forEach(person -> identity.users().resetPasswordForDemo(person.email(), password));
    }
}
