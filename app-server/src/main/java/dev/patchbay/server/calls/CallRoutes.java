package dev.patchbay.server.calls;

import dev.patchbay.model.Call;
import dev.patchbay.model.CallDetails;
import dev.patchbay.model.CallId;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.Permission;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Calls over REST. What agents do here they can also do over `/live`: [CallCommands].
public final class CallRoutes implements Route.Feature {
    private static final Access TAKE = Access.needs(Permission.CALLS_TAKE);

    private final Calls calls;
    private final CallList list;

    public CallRoutes(Calls calls, CallList list) {
        this.calls = calls;
        this.list = list;
    }

    record Mute(boolean muted) {}

    record Dtmf(String digits) {}

    record Assign(UserId userId) {}

    record WrapUp(@Nullable String disposition, @Nullable String notes) {}

    record Notes(String notes) {}

    record Place(
            String to,
            @Nullable String from,
            @Nullable LeadId leadId,
            @Nullable String channel) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/calls",
                        Access.SIGNED_IN,
                        "Calls: ?view=waiting|active|history|missed&q=&queueId=&agentId=.",
                        Call.class,
                        this::page),
                Route.post(
                        "/calls",
                        Access.needs(Permission.CALLS_PLACE),
                        "Place a call through a carrier.",
                        Place.class,
                        Call.class,
                        this::place),
                Route.get(
                        "/calls/mine",
                        TAKE,
                        "What a console needs after a start: offers, the call, and links.",
                        CallList.Mine.class,
                        request -> list.mine(request.user())),
                Route.get(
                        "/calls/queue/next",
                        TAKE,
                        "Take the next waiting call; 204 when none waits.",
                        Call.class,
                        request -> calls.next(request.user())
                                .<Object>map(call -> call)
                                .orElseGet(Answer::nothing)),
                Route.get(
                        "/calls/{id}",
                        Access.SIGNED_IN,
                        "A call with its timeline.",
                        CallDetails.class,
                        request -> list.details(request.user(), id(request))),
                Route.put(
                        "/calls/{id}",
                        Access.SIGNED_IN,
                        "Change what is written about a call.",
                        Calls.Change.class,
                        Call.class,
                        request -> calls.update(request.user(), id(request), request.body(Calls.Change.class))),
                Route.post(
                        "/calls/{id}/answer",
                        TAKE,
                        "Answer a call; one wins.",
                        null,
                        Calls.Answered.class,
                        request -> calls.answer(request.user(), id(request))),
                verb("decline", "Let a call ring elsewhere.", request -> calls.decline(request.user(), id(request))),
                verb("hangup", "Hang up.", request -> calls.hangUp(request.user(), id(request))),
                verb("hold", "Put the caller on hold.", request -> calls.hold(request.user(), id(request), true)),
                verb("resume", "Talk again.", request -> calls.hold(request.user(), id(request), false)),
                verb("extend", "More time to write up, once.", request -> calls.extend(request.user(), id(request))),
                verb(
                        "mute",
                        "Record that the agent is muted.",
                        Mute.class,
                        (request, body) -> calls.mute(request.user(), id(request), body.muted())),
                verb(
                        "dtmf",
                        "Record digits.",
                        Dtmf.class,
                        (request, body) -> calls.dtmf(request.user(), id(request), body.digits())),
                verb(
                        "assign",
                        "Give a waiting call to one agent.",
                        Assign.class,
                        (request, body) -> calls.assign(request.user(), id(request), body.userId())),
                verb(
                        "wrapup",
                        "Write the call up and be free again.",
                        WrapUp.class,
                        (request, body) -> calls.wrapUp(request.user(), id(request), body.disposition(), body.notes())),
                verb(
                        "notes",
                        "Save notes.",
                        Notes.class,
                        (request, body) -> calls.notes(request.user(), id(request), body.notes())));
    }

    private static Route verb(String name, String summary, Route.Handler handler) {
        return Route.post("/calls/{id}/" + name, TAKE, summary, null, Call.class, handler);
    }

    private static <T> Route verb(String name, String summary, Class<T> body, BiFunction<Request, T, Object> handler) {
        return Route.post(
                "/calls/{id}/" + name,
                TAKE,
                summary,
                body,
                Call.class,
                request -> handler.apply(request, request.body(body)));
    }

    private Object page(Request request) {
        CallList.Filter filter = new CallList.Filter(
                CallList.View.of(request.query("view").orElse("all")),
                request.query("q")
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .orElse(null),
                filter(request, "queueId", QueueId::of),
                filter(request, "agentId", UserId::of));
        return list.list(request.user(), filter, request.query("after").orElse(null), request.limit());
    }

    private static <T> @Nullable T filter(Request request, String name, Function<String, T> parse) {
        try {
            return request.query(name).map(parse).orElse(null);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(name, name + " is an id.");
        }
    }

    private Object place(Request request) {
        request.body(Place.class);
        calls.requireCalling(request.user());
        throw Refusal.rule("NO_CARRIER", "No carrier is set up to call outside numbers.");
    }

    private static CallId id(Request request) {
        return request.id("id", CallId::of, "call");
    }
}
