package dev.patchbay.server.telephony.web;

import dev.patchbay.model.IceServer;
import dev.patchbay.model.VisitorCall;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Authenticator;
import dev.patchbay.server.access.Input;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.access.VisitorTokens;
import dev.patchbay.server.calls.VisitorCalls;
import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Limits;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The call page's REST: who is called, a call, and its end. Also the ICE servers, for both sides.
public final class VisitorRoutes implements Route.Feature {
    /// Longer than any call; the call's own state says sooner what the token is still good for.
    private static final Duration TOKEN = Duration.ofHours(12);

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final List<String> LANGUAGES = List.of("en", "de");

    private final VisitorCalls visitors;
    private final IceServers iceServers;
    private final VisitorTokens tokens;
    private final Authenticator authenticator;
    private final Limits limits;
    private final InstantSource clock;
    private final int callsPerMinute;

    /// @param callsPerMinute how many calls one address may ask for
    public VisitorRoutes(
            VisitorCalls visitors,
            IceServers iceServers,
            VisitorTokens tokens,
            Authenticator authenticator,
            Limits limits,
            InstantSource clock,
            int callsPerMinute) {
        this.visitors = visitors;
        this.iceServers = iceServers;
        this.tokens = tokens;
        this.authenticator = authenticator;
        this.limits = limits;
        this.clock = clock;
        this.callsPerMinute = callsPerMinute;
    }

    record Reception(String company, List<VisitorCalls.Topic> topics, boolean open, List<String> languages) {}

    /// @param expiresIn seconds for which the ICE servers' credentials are good
    /// @param asOf what the page says as `after` in its first hello
    record Started(String token, VisitorCall call, List<IceServer> iceServers, long expiresIn, long asOf) {
        @Override
        public String toString() {
            return "Started[" + call.callId() + "]";
        }
    }

    record Ice(List<IceServer> iceServers, long expiresIn) {}

    record Leaving(String token) {}

    record Rating(int stars) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/visitor/{slug}",
                        Access.ANYBODY,
                        "What the call page of a company shows.",
                        Reception.class,
                        this::reception),
                Route.post(
                        "/visitor/{slug}/calls",
                        Access.ANYBODY,
                        "Ask for a call.",
                        VisitorCalls.Wish.class,
                        Started.class,
                        this::start),
                Route.post(
                        "/visitor/calls/leave",
                        Access.ANYBODY,
                        "The page is being left; takes the token as text too, for navigator.sendBeacon.",
                        null,
                        Void.class,
                        this::leave),
                Route.get(
                        "/visitor/calls/current",
                        Access.VISITOR,
                        "The visitor's call.",
                        VisitorCall.class,
                        request -> visitors.current(request.visitor())),
                Route.post(
                        "/visitor/calls/hangup",
                        Access.VISITOR,
                        "Hang up.",
                        null,
                        VisitorCall.class,
                        request -> visitors.hangUp(request.visitor())),
                Route.post(
                        "/visitor/calls/rate",
                        Access.VISITOR,
                        "Rate the call with one to five stars.",
                        Rating.class,
                        VisitorCall.class,
                        request -> visitors.rate(
                                request.visitor(), request.body(Rating.class).stars())),
                Route.get(
                        "/ice-servers",
                        Access.USER_OR_VISITOR,
                        "STUN and TURN servers with credentials that end.",
                        Ice.class,
                        request -> new Ice(
                                iceServers.forName(name(request.principal()), clock.instant()),
                                iceServers.validFor().toSeconds())));
    }

    private static String name(Principal principal) {
        return switch (principal) {
            case Principal.User user -> user.id().toString();
            case Principal.Visitor visitor -> visitor.participant().toString();
            case Principal.Anonymous _ -> throw Refusal.unauthenticated();
        };
    }

    private Object reception(Request request) {
        VisitorCalls.Reception reception = visitors.reception(request.path("slug"));
        return new Reception(reception.company(), reception.topics(), reception.open(), LANGUAGES);
    }

    private Object start(Request request) {
        VisitorCalls.Reception reception = visitors.reception(request.path("slug"));
        VisitorCalls.Wish wish = request.body(VisitorCalls.Wish.class);
        limits.count("visit:" + Limits.network(request.address()), callsPerMinute, WINDOW);
        VisitorCalls.Started started = visitors.start(reception, wish);
        return Answer.created(new Started(
                tokens.issue(started.visitor(), TOKEN),
                started.call(),
                iceServers.forParticipant(started.visitor().participant(), clock.instant()),
                iceServers.validFor().toSeconds(),
                started.asOf()));
    }

    private Object leave(Request request) {
        Principal principal = request.principal();
        if (!(principal instanceof Principal.Visitor)) {
            principal = authenticator.authenticate(
                    Input.read(request.text(), Leaving.class).token());
        }
        if (!(principal instanceof Principal.Visitor visitor)) {
            throw Refusal.unauthenticated();
        }
        visitors.leave(visitor);
        return Answer.nothing();
    }
}
