package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.License;
import dev.patchbay.model.Permission;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.util.List;

/// `/auth/license` and `/companies/{id}/license`.
final class LicenceRoutes implements Route.Feature {
    private final Licences licences;
    private final Companies companies;

    LicenceRoutes(Licences licences, Companies companies) {
        this.licences = licences;
        this.companies = companies;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/auth/license",
                        Access.SIGNED_IN,
                        "What the own company may use.",
                        License.class,
                        request -> licences.of(request.company())),
                Route.get(
                        "/companies/{id}/license",
                        Access.needs(Permission.COMPANIES_MANAGE),
                        "What a company may use.",
                        License.class,
                        request -> licences.of(known(request))),
                Route.put(
                        "/companies/{id}/license",
                        Access.needs(Permission.COMPANIES_MANAGE),
                        "Sets what a company may use.",
                        Licences.Terms.class,
                        License.class,
                        this::change));
    }

    private Object change(Request request) {
        return licences.change(known(request), request.body(Licences.Terms.class));
    }

    private CompanyId known(Request request) {
        CompanyId id = request.id("id", CompanyId::of, "company");
        return companies.find(id).map(_ -> id).orElseThrow(() -> Refusal.notFound("company"));
    }
}
