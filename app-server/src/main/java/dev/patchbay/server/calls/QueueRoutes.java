package dev.patchbay.server.calls;

import dev.patchbay.model.Permission;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.QueueView;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.util.List;

/// Queues and the lists that belong to them, over REST.
public final class QueueRoutes implements Route.Feature {
    private static final Access SEE = Access.needs(Permission.DIRECTORY_VIEW);
    private static final Access MANAGE = Access.needs(Permission.QUEUES_MANAGE);

    private final Queues queues;

    public QueueRoutes(Queues queues) {
        this.queues = queues;
    }

    record Members(List<UserId> userIds) {
        Members {
            userIds = List.copyOf(userIds);
        }
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/queues",
                        SEE,
                        "Queues with their rules and how they stand.",
                        QueueView.class,
                        request -> queues.list(request.company())),
                Route.post(
                        "/queues",
                        MANAGE,
                        "Add a queue.",
                        Queues.Rules.class,
                        QueueView.class,
                        request -> Answer.created(queues.create(request.company(), request.body(Queues.Rules.class)))),
                Route.get(
                        "/queues/{id}",
                        SEE,
                        "One queue.",
                        QueueView.class,
                        request -> queues.view(request.company(), id(request))),
                Route.put(
                        "/queues/{id}",
                        MANAGE,
                        "Change a queue's rules.",
                        Queues.Rules.class,
                        QueueView.class,
                        request -> queues.update(request.company(), id(request), request.body(Queues.Rules.class))),
                Route.delete("/queues/{id}", MANAGE, "Archive a queue.", Void.class, request -> {
                    queues.delete(request.company(), id(request));
                    return Answer.nothing();
                }),
                Route.get(
                        "/queues/{id}/agents",
                        SEE,
                        "Who takes the queue's calls.",
                        Members.class,
                        request -> new Members(queues.memberIds(request.company(), id(request)))),
                Route.put(
                        "/queues/{id}/agents",
                        MANAGE,
                        "Say who takes the queue's calls.",
                        Members.class,
                        QueueView.class,
                        request -> queues.members(
                                request.company(),
                                id(request),
                                request.body(Members.class).userIds())));
    }

    private static QueueId id(Request request) {
        return request.id("id", QueueId::of, "queue");
    }
}
