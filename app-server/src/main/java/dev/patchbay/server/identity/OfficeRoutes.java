package dev.patchbay.server.identity;

import dev.patchbay.model.OfficeId;
import dev.patchbay.model.Permission;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.util.List;

/// `/offices`.
final class OfficeRoutes implements Route.Feature {
    private static final Access SEE = Access.needs(Permission.DIRECTORY_VIEW);
    private static final Access MANAGE = Access.needs(Permission.COMPANY_MANAGE);

    private final Offices offices;

    OfficeRoutes(Offices offices) {
        this.offices = offices;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/offices",
                        SEE,
                        "The company's offices, by name.",
                        Offices.Office.class,
                        request -> offices.list(request.user())),
                Route.post(
                        "/offices",
                        MANAGE,
                        "Opens an office.",
                        Offices.Input.class,
                        Offices.Office.class,
                        request -> Answer.created(offices.create(request.user(), request.body(Offices.Input.class)))),
                Route.get(
                        "/offices/{id}",
                        SEE,
                        "One office.",
                        Offices.Office.class,
                        request -> offices.find(request.user(), id(request))),
                Route.put(
                        "/offices/{id}",
                        MANAGE,
                        "Changes an office; who is bound to one changes that one only.",
                        Offices.Input.class,
                        Offices.Office.class,
                        request -> offices.change(request.user(), id(request), request.body(Offices.Input.class))),
                Route.delete(
                        "/offices/{id}", MANAGE, "Closes an office that nobody belongs to.", Void.class, request -> {
                            offices.close(request.user(), id(request));
                            return Answer.nothing();
                        }));
    }

    private static OfficeId id(Request request) {
        return request.id("id", OfficeId::of, "office");
    }
}
