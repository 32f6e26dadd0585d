package dev.patchbay.server.calls;

import dev.patchbay.model.Id;
import dev.patchbay.model.Permission;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/skills`, `/dispositions` and `/break-reasons`.
public final class ChoiceRoutes implements Route.Feature {
    private static final Access MANAGE = Access.needs(Permission.QUEUES_MANAGE);

    private final Skills skills;
    private final Choices choices;

    public ChoiceRoutes(Skills skills, Choices choices) {
        this.skills = skills;
        this.choices = choices;
    }

    record Named(String name, @Nullable Long version) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/skills",
                        Access.needs(Permission.DIRECTORY_VIEW),
                        "What agents can do and queues ask for.",
                        Skills.Skill.class,
                        request -> skills.list(request.company())),
                Route.post(
                        "/skills",
                        MANAGE,
                        "Add a skill.",
                        Named.class,
                        Skills.Skill.class,
                        request -> Answer.created(skills.add(
                                request.company(), request.body(Named.class).name()))),
                Route.delete("/skills/{id}", MANAGE, "Archive a skill that no queue asks for.", Void.class, request -> {
                    skills.archive(request.company(), id(request));
                    return Answer.nothing();
                }),
                Route.list(
                        "/dispositions",
                        Access.SIGNED_IN,
                        "How a call may have gone.",
                        Dispositions.Disposition.class,
                        request -> choices.dispositions(request.company())),
                Route.post(
                        "/dispositions",
                        MANAGE,
                        "Add a way a call may have gone.",
                        Named.class,
                        Dispositions.Disposition.class,
                        request -> Answer.created(choices.addDisposition(
                                request.company(), request.body(Named.class).name()))),
                Route.put(
                        "/dispositions/{id}",
                        MANAGE,
                        "Rename a way a call may have gone; past calls follow.",
                        Named.class,
                        Dispositions.Disposition.class,
                        request -> Choices.disposition(rename(request, Choices.Kind.DISPOSITION))),
                Route.delete(
                        "/dispositions/{id}",
                        MANAGE,
                        "Archive a way a call may have gone.",
                        Void.class,
                        request -> archive(request, Choices.Kind.DISPOSITION)),
                Route.list(
                        "/break-reasons",
                        Access.SIGNED_IN,
                        "Why an agent may be away.",
                        Dispositions.BreakReason.class,
                        request -> choices.breakReasons(request.company())),
                Route.post(
                        "/break-reasons",
                        MANAGE,
                        "Add a reason to be away.",
                        Named.class,
                        Dispositions.BreakReason.class,
                        request -> Answer.created(choices.addBreakReason(
                                request.company(), request.body(Named.class).name()))),
                Route.put(
                        "/break-reasons/{id}",
                        MANAGE,
                        "Rename a reason to be away.",
                        Named.class,
                        Dispositions.BreakReason.class,
                        request -> Choices.breakReason(rename(request, Choices.Kind.BREAK_REASON))),
                Route.delete(
                        "/break-reasons/{id}",
                        MANAGE,
                        "Archive a reason to be away.",
                        Void.class,
                        request -> archive(request, Choices.Kind.BREAK_REASON)));
    }

    private Choices.Choice rename(Request request, Choices.Kind kind) {
        Named body = request.body(Named.class);
        return choices.rename(request.company(), kind, id(request), body.name(), body.version());
    }

    private Object archive(Request request, Choices.Kind kind) {
        choices.archive(request.company(), kind, id(request));
        return Answer.nothing();
    }

    private static UUID id(Request request) {
        try {
            return Id.parse(request.path("id"));
        } catch (IllegalArgumentException e) {
            throw Refusal.notFound("choice");
        }
    }
}
