package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.CompanyView;
import dev.patchbay.model.Permission;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.util.List;

/// `/companies`.
final class CompanyRoutes implements Route.Feature {
    private static final Access ALL = Access.needs(Permission.COMPANIES_MANAGE);

    private final Companies companies;

    CompanyRoutes(Companies companies) {
        this.companies = companies;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/companies",
                        ALL,
                        "Lists the companies of the installation.",
                        CompanyView.class,
                        request -> companies.list(request.query("after").orElse(null), request.limit())),
                Route.post(
                        "/companies",
                        ALL,
                        "Founds a company, with the settings, queues and lists that every company begins with.",
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
                        request -> companies.change(company(request), request.body(Companies.Change.class))),
                Route.delete(
                        "/companies/{id}",
                        ALL,
                        "Closes a company: nobody of it signs in any more, its data stays. Refused while calls are live.",
                        Void.class,
                        request -> {
                            companies.close(request.user(), company(request));
                            return Answer.nothing();
                        }));
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
