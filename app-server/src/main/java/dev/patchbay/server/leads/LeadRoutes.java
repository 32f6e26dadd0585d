package dev.patchbay.server.leads;

import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.Page;
import dev.patchbay.model.Permission;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.util.List;

/// Leads over REST.
public final class LeadRoutes implements Route.Feature {
    private static final Access VIEW = Access.needs(Permission.LEADS_VIEW);
    private static final Access EDIT = Access.needs(Permission.LEADS_EDIT);
    private static final int LONGEST_SEARCH = 100;

    private final Leads leads;

    public LeadRoutes(Leads leads) {
        this.leads = leads;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/leads",
                        VIEW,
                        "Leads, newest first: ?view=tank|mine|all&q=&stage=&source=.",
                        Lead.class,
                        this::list),
                Route.post(
                        "/leads",
                        EDIT,
                        "Add a lead.",
                        LeadInput.Create.class,
                        Leads.Created.class,
                        request -> Answer.created(leads.create(request.user(), request.body(LeadInput.Create.class)))),
                Route.get(
                        "/leads/{id}",
                        VIEW,
                        "One lead.",
                        Lead.class,
                        request -> leads.lead(request.user(), id(request))),
                Route.put(
                        "/leads/{id}",
                        EDIT,
                        "Change a lead.",
                        LeadInput.Update.class,
                        Lead.class,
                        request -> leads.update(request.user(), id(request), request.body(LeadInput.Update.class))),
                Route.delete(
                        "/leads/{id}", Access.needs(Permission.LEADS_DELETE), "Delete a lead.", Void.class, request -> {
                            leads.delete(request.user(), id(request));
                            return Answer.nothing();
                        }),
                Route.post(
                        "/leads/{id}/claim",
                        EDIT,
                        "Take a lead from the shark tank.",
                        null,
                        Lead.class,
                        request -> leads.claim(request.user(), id(request))),
                Route.post(
                        "/leads/{id}/release",
                        EDIT,
                        "Put a lead back into the shark tank.",
                        null,
                        Lead.class,
                        request -> leads.release(request.user(), id(request))),
                Route.post(
                        "/leads/{id}/assign",
                        Access.needs(Permission.LEADS_ASSIGN),
                        "Give a lead to a user.",
                        LeadInput.Assign.class,
                        Lead.class,
                        request -> leads.assign(
                                request.user(),
                                id(request),
                                request.body(LeadInput.Assign.class).userId())),
                Route.post(
                        "/leads/{id}/stage",
                        EDIT,
                        "Move a lead in the pipeline.",
                        LeadInput.Stage.class,
                        Lead.class,
                        request -> {
                            LeadInput.Stage stage = request.body(LeadInput.Stage.class);
                            return leads.move(request.user(), id(request), stage.stage(), stage.version());
                        }));
    }

    private Page<Lead> list(Request request) {
        String text =
                request.query("q").map(String::strip).filter(q -> !q.isEmpty()).orElse(null);
        if (text != null && text.length() > LONGEST_SEARCH) {
            throw Refusal.invalid("q", "q has at most " + LONGEST_SEARCH + " characters.");
        }
        return leads.list(
                request.user(),
                view(request.query("view").orElse("all")),
                text,
                request.query("stage").orElse(null),
                request.query("source").orElse(null),
                request.query("after").orElse(null),
                request.limit());
    }

    private static Leads.View view(String name) {
        return switch (name) {
            case "tank" -> Leads.View.TANK;
            case "mine" -> Leads.View.MINE;
            case "all" -> Leads.View.ALL;
            default -> throw Refusal.invalid("view", "view is tank, mine or all.");
        };
    }

    private static LeadId id(Request request) {
        return request.id("id", LeadId::of, "lead");
    }
}
