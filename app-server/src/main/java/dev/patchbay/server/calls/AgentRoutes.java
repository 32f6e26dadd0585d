package dev.patchbay.server.calls;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.AgentView;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Permission;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Agents over REST.
public final class AgentRoutes implements Route.Feature {
    private static final Access TAKE = Access.needs(Permission.CALLS_TAKE);
    private static final Access MANAGE = Access.needs(Permission.QUEUES_MANAGE);
    private static final Access SEE = Access.needs(Permission.DIRECTORY_VIEW);

    private final Agents agents;
    private final AgentRules rules;

    public AgentRoutes(Agents agents, AgentRules rules) {
        this.agents = agents;
        this.rules = rules;
    }

    record Choice(AgentState state, @Nullable String reason) {}

    record Next(@Nullable AgentState state, @Nullable String reason) {}

    record NewAgent(
            UserId userId,
            @Nullable List<String> skills,
            @Nullable String extension,
            @Nullable List<QueueId> queueIds) {}

    record Skills(List<String> skills) {
        Skills {
            skills = List.copyOf(skills);
        }
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/agents",
                        SEE,
                        "Agents with state and since when.",
                        AgentView.class,
                        request -> agents.list(request.company())),
                Route.post(
                        "/agents",
                        MANAGE,
                        "Make a user an agent, with skills, extension and queues.",
                        NewAgent.class,
                        AgentView.class,
                        this::create),
                Route.list(
                        "/agents/company/{companyId}",
                        SEE,
                        "The agents of the own company.",
                        AgentView.class,
                        this::ofCompany),
                Route.post("/agents/me/state", TAKE, "Choose a state.", Choice.class, AgentView.class, request -> {
                    Choice choice = request.body(Choice.class);
                    return agents.choose(request.user(), choice.state(), choice.reason());
                }),
                Route.post(
                        "/agents/me/next",
                        TAKE,
                        "Choose what follows this call; no state takes the choice back.",
                        Next.class,
                        AgentView.class,
                        request -> {
                            Next next = request.body(Next.class);
                            return agents.chooseNext(request.user(), next.state(), next.reason());
                        }),
                Route.post(
                        "/agents/{id}/state",
                        Access.needs(Permission.SUPERVISE),
                        "Choose a state for an agent.",
                        Choice.class,
                        AgentView.class,
                        this::supervise),
                Route.put(
                        "/agents/{id}/availability",
                        TAKE,
                        "Choose a state; for somebody else with the permission to supervise.",
                        Choice.class,
                        AgentView.class,
                        this::availability),
                Route.get(
                        "/agents/{id}",
                        SEE,
                        "One agent.",
                        AgentView.class,
                        request -> agents.view(request.company(), id(request))),
                Route.put(
                        "/agents/{id}",
                        MANAGE,
                        "Set an agent's skills, extension and queues; what is absent stays.",
                        AgentRules.Change.class,
                        AgentView.class,
                        request -> rules.change(request.company(), id(request), request.body(AgentRules.Change.class))),
                Route.get(
                        "/agents/{id}/skills",
                        SEE,
                        "What an agent can do.",
                        Skills.class,
                        request -> new Skills(agents.skills(request.company(), id(request)))),
                Route.put(
                        "/agents/{id}/skills",
                        MANAGE,
                        "Set an agent's skills.",
                        Skills.class,
                        AgentView.class,
                        this::skills));
    }

    private Object ofCompany(Request request) {
        if (!request.id("companyId", CompanyId::of, "company").equals(request.company())) {
            throw Refusal.notFound("company");
        }
        return agents.list(request.company());
    }

    private Object supervise(Request request) {
        Choice choice = request.body(Choice.class);
        return agents.choose(request.user(), id(request), choice.state(), choice.reason());
    }

    private Object availability(Request request) {
        Choice choice = request.body(Choice.class);
        UserId agent = id(request);
        if (agent.equals(request.user().id())) {
            return agents.choose(request.user(), choice.state(), choice.reason());
        }
        Access.needs(Permission.SUPERVISE).check(request.principal());
        return agents.choose(request.user(), agent, choice.state(), choice.reason());
    }

    private Object skills(Request request) {
        List<String> skills = request.body(Skills.class).skills();
        return rules.change(request.company(), id(request), new AgentRules.Change(skills, null, null, null));
    }

    private Object create(Request request) {
        NewAgent body = request.body(NewAgent.class);
        return Answer.created(rules.create(
                request.company(),
                body.userId(),
                new AgentRules.Change(body.skills(), body.extension(), body.queueIds(), null)));
    }

    private static UserId id(Request request) {
        return request.id("id", UserId::of, "agent");
    }
}
