package dev.patchbay.server.calls;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.CallId;
import dev.patchbay.model.Permission;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.live.LiveCommand;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What agents and visitors do over `/live`. A reply carries what the REST call answers.
public final class CallCommands {
    private static final Access TAKE = Access.needs(Permission.CALLS_TAKE);

    private CallCommands() {}

    record OfCall(CallId call) {}

    record Mute(CallId call, boolean muted) {}

    record Dtmf(CallId call, String digits) {}

    record WrapUp(
            CallId call,
            @Nullable String disposition,
            @Nullable String notes) {}

    record Notes(CallId call, String notes) {}

    record Rate(CallId call, int stars) {}

    record Media(CallId call, String state, @Nullable Double mos) {}

    record Choice(AgentState state, @Nullable String reason) {}

    record Next(@Nullable AgentState state, @Nullable String reason) {}

    public static List<LiveCommand<?>> of(Calls calls, Agents agents, VisitorCalls visitors) {
        return List.of(
                take("call.answer", OfCall.class, (user, body) -> calls.answer(user, body.call())),
                take("call.decline", OfCall.class, (user, body) -> calls.decline(user, body.call())),
                take("call.hold", OfCall.class, (user, body) -> calls.hold(user, body.call(), true)),
                take("call.resume", OfCall.class, (user, body) -> calls.hold(user, body.call(), false)),
                take("call.extend", OfCall.class, (user, body) -> calls.extend(user, body.call())),
                take(
                        "call.wrapUp",
                        WrapUp.class,
                        (user, body) -> calls.wrapUp(user, body.call(), body.disposition(), body.notes())),
                take("call.notes", Notes.class, (user, body) -> calls.notes(user, body.call(), body.notes())),
                take("agent.setState", Choice.class, (user, body) -> agents.choose(user, body.state(), body.reason())),
                take("agent.setNext", Next.class, (user, body) -> agents.chooseNext(user, body.state(), body.reason())),
                both(
                        "call.hangup",
                        OfCall.class,
                        OfCall::call,
                        (user, body) -> calls.hangUp(user, body.call()),
                        (visitor, _) -> visitors.hangUp(visitor)),
                both(
                        "call.mute",
                        Mute.class,
                        Mute::call,
                        (user, body) -> calls.mute(user, body.call(), body.muted()),
                        (visitor, body) -> visitors.mute(visitor, body.muted())),
                both(
                        "call.dtmf",
                        Dtmf.class,
                        Dtmf::call,
                        (user, body) -> calls.dtmf(user, body.call(), body.digits()),
                        (visitor, body) -> visitors.dtmf(visitor, body.digits())),
                both(
                        "call.media",
                        Media.class,
                        Media::call,
                        (user, body) -> calls.media(user, body.call(), body.state(), body.mos()),
                        (visitor, body) -> visitors.media(visitor, body.state(), body.mos())),
                LiveCommand.of("call.rate", Access.VISITOR, Rate.class, (principal, body) -> {
                    if (principal instanceof Principal.Visitor visitor
                            && visitor.call().equals(body.call())) {
                        return visitors.rate(visitor, body.stars());
                    }
                    throw Refusal.notFound("call");
                }));
    }

    private interface Does<P, T> {
        Object with(P principal, T body);
    }

    private static <T> LiveCommand<T> take(String type, Class<T> body, Does<Principal.User, T> does) {
        return LiveCommand.of(type, TAKE, body, (principal, data) -> {
            if (principal instanceof Principal.User user) {
                return does.with(user, data);
            }
            throw Refusal.unauthenticated();
        });
    }

    private static <T> LiveCommand<T> both(
            String type,
            Class<T> body,
            Function<T, CallId> call,
            Does<Principal.User, T> agent,
            Does<Principal.Visitor, T> visitor) {
        return LiveCommand.of(type, Access.USER_OR_VISITOR, body, (principal, data) -> switch (principal) {
            case Principal.User user -> {
                TAKE.check(user);
                yield agent.with(user, data);
            }
            case Principal.Visitor known -> {
                if (!known.call().equals(call.apply(data))) {
                    throw Refusal.notFound("call");
                }
                yield visitor.with(known, data);
            }
            case Principal.Anonymous _ -> throw Refusal.unauthenticated();
        });
    }
}
