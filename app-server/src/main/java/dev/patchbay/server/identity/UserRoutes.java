package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.DirectoryEntry;
import dev.patchbay.model.OfficeId;
import dev.patchbay.model.Permission;
import dev.patchbay.model.Role;
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

/// `/users` and `/directory`.
final class UserRoutes implements Route.Feature {
    private static final Access USERS = Access.needs(Permission.USERS_MANAGE);

    private final Users users;
    private final SignIns signIns;
    private final Offboarding offboarding;
    private final UserImport imports;
    private final Function<CompanyId, Map<UserId, String>> states;

    UserRoutes(
            Users users,
            SignIns signIns,
            Offboarding offboarding,
            UserImport imports,
            Function<CompanyId, Map<UserId, String>> states) {
        this.users = users;
        this.signIns = signIns;
        this.offboarding = offboarding;
        this.imports = imports;
        this.states = states;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/users",
                        Access.needs(Permission.COMPANIES_MANAGE),
                        "Lists users for whoever runs the installation: the own company's, or another's with ?companyId=."
                                + " ?q= looks into name and e-mail; ?role=&officeId=&active= narrow it.",
                        UserView.class,
                        this::list),
                Route.list(
                        "/users/company/{companyId}",
                        USERS,
                        "Lists the own company's users, with the filters of /users; `mine` names the own company, too.",
                        UserView.class,
                        request -> page(request, request.path("companyId"))),
                Route.post(
                        "/users",
                        USERS,
                        "Makes a user.",
                        Users.NewUser.class,
                        UserView.class,
                        request -> Answer.created(users.create(request.user(), request.body(Users.NewUser.class)))),
                Route.post(
                        "/users/import",
                        USERS,
                        "Makes users from CSV (text/csv) with a line of names: name, email, roles, office, password."
                                + " All lines or none; ?dryRun=true only looks.",
                        null,
                        UserImport.Outcome.class,
                        request -> imports.run(
                                request.user(),
                                request.text(),
                                request.query("dryRun")
                                        .map(Boolean::parseBoolean)
                                        .orElse(false))),
                Route.get(
                        "/users/{id}",
                        USERS,
                        "Shows a user.",
                        UserView.class,
                        request -> users.find(request.user(), id(request))),
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
                Route.post(
                        "/users/{id}/offboard",
                        USERS,
                        "Somebody leaves: leads go to a colleague or back to the tank, sign-ins end.",
                        Offboarding.Wish.class,
                        Offboarding.Left.class,
                        request -> offboarding.offboard(
                                request.user(), id(request), request.body(Offboarding.Wish.class))),
                Route.list(
                        "/users/{id}/sessions",
                        USERS,
                        "Where a user is signed in.",
                        SignIns.SignIn.class,
                        request -> signIns.list(request.user(), id(request))),
                Route.delete("/users/{id}/sessions", USERS, "Ends a user's sign-ins.", Void.class, request -> {
                    signIns.endAll(request.user(), id(request));
                    return Answer.nothing();
                }),
                Route.post(
                        "/users/{id}/reset-password",
                        USERS,
                        "Sets a random password, shown this once, and ends all sign-ins.",
                        null,
                        SignIns.NewPassword.class,
                        request -> signIns.resetPassword(request.user(), id(request))),
                Route.get(
                        "/directory",
                        Access.needs(Permission.DIRECTORY_VIEW),
                        "Lists colleagues with their state.",
                        DirectoryEntry[].class,
                        request -> users.directory(request.company(), states)));
    }

    private Object list(Request request) {
        return page(request, request.query("companyId").orElse(request.company().toString()));
    }

    /// The own company's users, or any company's for whoever runs the installation.
    private Object page(Request request, String companyText) {
        CompanyId company = request.company();
        try {
            if (!companyText.equals("mine")) {
                company = CompanyId.of(companyText);
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.notFound("company");
        }
        boolean own = company.equals(request.company());
        if (!own && !(request.user().may(Permission.COMPANIES_MANAGE) && users.knows(company))) {
            throw Refusal.notFound("company");
        }
        UserFilter asked = filter(request);
        users.requireCompany(company);
        OfficeId bound = own ? request.user().me().boundTo() : null;
        UserFilter filter = bound == null ? asked : new UserFilter(asked.text(), asked.role(), bound, asked.active());
        return users.list(company, filter, after(request), request.limit());
    }

    private static UserFilter filter(Request request) {
        return new UserFilter(
                request.query("q").orElse(""),
                request.query("role").map(name -> read("role", name, Role::of)).orElse(null),
                request.query("officeId")
                        .map(text -> read("officeId", text, OfficeId::of))
                        .orElse(null),
                request.query("active").map(Boolean::valueOf).orElse(null));
    }

    private static @Nullable UserId after(Request request) {
        return request.query("after")
                .map(text -> read("after", text, UserId::of))
                .orElse(null);
    }

    private static <T> T read(String name, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(name, name + " cannot be read as given.");
        }
    }

    private static UserId id(Request request) {
        return request.id("id", UserId::of, "user");
    }
}
