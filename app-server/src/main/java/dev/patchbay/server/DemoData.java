package dev.patchbay.server;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.CompanyView;
import dev.patchbay.model.QueueView;
import dev.patchbay.model.Role;
import dev.patchbay.model.Strategy;
import dev.patchbay.model.UserId;
import dev.patchbay.model.UserView;
import dev.patchbay.server.calls.Choices;
import dev.patchbay.server.calls.Queues;
import dev.patchbay.server.identity.Companies;
import dev.patchbay.server.identity.Identity;
import dev.patchbay.server.identity.Users;
import dev.patchbay.server.leads.Leads;
import java.util.ArrayList;
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
    static void install(Identity identity, Queues queues, Choices choices, Leads leads, String password) {
        if (identity.companies().isEmpty()) {
            CompanyView company =
                    identity.companies().found(new Companies.NewCompany("Demo Company", "demo", "US", null));
            List<UserId> takers = new ArrayList<>();
            for (Person person : PEOPLE) {
                UserView user = identity.users()
                        .createForDemo(
                                company.id(),
                                new Users.NewUser(
                                        person.name(), person.email(), password, Set.of(person.role()), null, null));
                if (person.role() != Role.ADMIN) {
                    takers.add(user.id());
                }
            }
            installQueues(company.id(), queues, choices, takers);
            DemoLeads.install(leads, identity, "agent@demo.test");
            return;
        }
        if (identity.companies().bySlug("demo").isEmpty()) {
            throw new CannotStart(
                    "The database holds other companies: the demo needs an empty one. Choose a new folder with --data.",
                    null);
        }
        PEOPLE.forEach(person -> identity.users().resetPasswordForDemo(person.email(), password));
    }

    /// The queue that every company begins with becomes the first of three.
    private static void installQueues(CompanyId company, Queues queues, Choices choices, List<UserId> takers) {
        QueueView first = queues.list(company).items().getFirst();
        QueueView sales = queues.update(
                company, first.id(), new Queues.Rules("Sales", Strategy.LONGEST_IDLE, 20, 30, false, null, null));
        QueueView support =
                queues.create(company, new Queues.Rules("Support", Strategy.LONGEST_IDLE, 20, 60, false, null, null));
        QueueView billing =
                queues.create(company, new Queues.Rules("Billing", Strategy.RING_ALL, 20, 30, false, null, null));
        for (QueueView queue : List.of(sales, support, billing)) {
            queues.members(company, queue.id(), takers);
        }
        for (String more : List.of("Sold", "Appointment made")) {
            choices.addDisposition(company, more);
        }
    }
}
