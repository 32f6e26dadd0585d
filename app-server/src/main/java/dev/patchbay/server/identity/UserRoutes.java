package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.CompanyView;
import dev.patchbay.model.DirectoryEntry;
import dev.patchbay.model.Permission;
import dev.patchbay.model.UserId;
import dev.patchbay.model.UserView;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `/users`, `/directory` and `/companies`.
final class UserRoutes implements Route.Feature {
    private static final Access USERS = Access.needs(Permission.USERS_MANAGE);

    private final Users users;
    private final Companies companies;
    private final Function<CompanyId, Map<UserId, String>> states;

    UserRoutes(Users users, Companies companies, Function<CompanyId, Map<UserId, String>> states) {
        this.users = users;
        this.companies = companies;
        this.states = states;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/users",
                        USERS,
                        "Lists the company's users; ?q= looks into name and e-mail.",
                        UserView.class,
                        this::list),
                Route.list(
                        "/users/company/{companyId}",
                        USERS,
                        "As /users, for the own company only.",
                        UserView.class,
                        this::listOfCompany),
                Route.post(
                        "/users",
                        USERS,
                        "Makes a user.",
                        Users.NewUser.class,
                        UserView.class,
                        request -> Answer.created(users.create(request.user(), request.body(Users.NewUser.class)))),
                Route.get(
                        "/users/{id}",
                        USERS,
                        "Shows a user.",
                        UserView.class,
                        request -> users.find(request.company(), id(request))),
                Route.put(
                        "/users/{id}",
                        USERS,
                        "Changes a user; switching off ends all sign-ins at once.",
                        Users.Change.class,
                        UserView.class,
                        request -> users.change(request.user(), id(request), request.body(Users.Change.class))),
                Route.delete(
                        "/users/{id}",
                        USERS,
                        "Switches a user off; the history keeps the name.",
                        Void.class,
                        request -> {
                            users.remove(request.user(), id(request));
                            return Answer.nothing();
                        }),
                Route.get(
                        "/directory",
                        Access.needs(Permission.DIRECTORY_VIEW),
                        "Lists colleagues with their state.",
                        DirectoryEntry[].class,
                        request -> users.directory(request.company(), states)),
                Route.list(
                        "/companies",
                        Access.needs(Permission.COMPANIES_MANAGE),
                        "Lists the companies of the installation.",
                        CompanyView.class,
                        request -> companies.list(request.query("after").orElse(null), request.limit())),
                Route.post(
                        "/companies",
                        Access.needs(Permission.COMPANIES_MANAGE),
                        "Founds a company, with the queues and lists that every company begins with.",
                        Companies.NewCompany.class,
                        CompanyView.class,
                        request -> Answer.created(companies.found(request.body(Companies.NewCompany.class)))),
                Route.get(
                        "/companies/{id}",
                        Access.SIGNED_IN,
                        "Shows the own company; administrators see any.",
                        CompanyView.class,
                        request -> companies.find(company(request)).orElseThrow(() -> Refusal.notFound("company"))),
                Route.put(
                        "/companies/{id}",
                        Access.needs(Permission.COMPANY_MANAGE),
                        "Changes the own company; administrators change any.",
                        Companies.Change.class,
                        CompanyView.class,
                        request -> companies.change(company(request), request.body(Companies.Change.class))));
    }

    private Object list(Request request) {
        return users.list(request.company(), request.query("q").orElse(""), after(request), request.limit());
    }

    private Object listOfCompany(Request request) {
        if (!request.id("companyId", CompanyId::of, "company").equals(request.company())) {
            throw Refusal.notFound("company");
        }
        return list(request);
    }

    private static @Nullable UserId after(Request request) {
        return request.query("after")
                .map(text -> {
                    try {
                        return UserId.of(text);
                    } catch (IllegalArgumentException e) {
                        throw Refusal.invalid("after", "after is the `next` of an earlier answer.");
                    }
                })
                .orElse(null);
    }

    private static UserId id(Request request) {
        return request.id("id", UserId::of, "user");
    }

    /// The company in the path: the own one, or any for whoever runs the installation.
    private static CompanyId company(Request request) {
        CompanyId id = request.id("id", CompanyId::of, "company");
        if (!id.equals(request.company()) && !request.user().may(Permission.COMPANIES_MANAGE)) {
            throw Refusal.notFound("company");
        }
        return id;
    }
}
