package dev.patchbay.server.identity;

import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Limits;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// What people do with their own account: `/auth/password`, `/auth/totp` and `/auth/sessions`.
final class AccountRoutes implements Route.Feature {
    private static final int MOST_PASSWORDS = 10;
    private static final int MOST_LETTERS = 3;
    private static final int MOST_RESETS = 20;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final PasswordReset passwords;
    private final SecondFactor secondFactor;
    private final SessionList sessions;
    private final Limits limits;

    record Change(String current, String password) {
        @Override
        public String toString() {
            return "Change[]";
        }
    }

    record Forgot(String email) {}

    record Reset(String token, String password) {
        @Override
        public String toString() {
            return "Reset[]";
        }
    }

    record Password(String password) {
        @Override
        public String toString() {
            return "Password[]";
        }
    }

    record Code(String code) {
        @Override
        public String toString() {
            return "Code[]";
        }
    }

    record Enabled(boolean enabled) {}

    AccountRoutes(PasswordReset passwords, SecondFactor secondFactor, SessionList sessions, Limits limits) {
        this.passwords = passwords;
        this.secondFactor = secondFactor;
        this.sessions = sessions;
        this.limits = limits;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(
                        "/auth/password",
                        Access.PERSON,
                        "Changes the own password; the other sign-ins end.",
                        Change.class,
                        Void.class,
                        this::change),
                Route.post(
                        "/auth/password/forgot",
                        Access.ANYBODY,
                        "Sends a link to choose a new password, if the address is known; the answer never tells.",
                        Forgot.class,
                        Void.class,
                        this::forgot),
                Route.post(
                        "/auth/password/reset",
                        Access.ANYBODY,
                        "Sets a new password with the token of such a link; all sign-ins end.",
                        Reset.class,
                        Void.class,
                        this::reset),
                Route.get(
                        "/auth/totp",
                        Access.PERSON,
                        "Whether the own second factor is on.",
                        Enabled.class,
                        request -> new Enabled(secondFactor.enabled(
                                request.company(), request.user().id()))),
                Route.post(
                        "/auth/totp",
                        Access.PERSON,
                        "Begins to set up the second factor; it counts once a code has confirmed it.",
                        Password.class,
                        SecondFactor.Setup.class,
                        request -> {
                            requirePassword(request);
                            return secondFactor.begin(request.user());
                        }),
                Route.post(
                        "/auth/totp/confirm",
                        Access.PERSON,
                        "Switches the second factor on.",
                        Code.class,
                        Void.class,
                        this::confirm),
                new Route(
                        Route.Method.DELETE,
                        "/auth/totp",
                        Access.PERSON,
                        "Switches the second factor off.",
                        Password.class,
                        Void.class,
                        null,
                        request -> {
                            requirePassword(request);
                            secondFactor.remove(
                                    request.company(), request.user().id());
                            return Answer.nothing();
                        }),
                Route.list(
                        "/auth/sessions",
                        Access.PERSON,
                        "Lists the own sign-ins.",
                        SessionList.View.class,
                        request -> sessions.of(
                                request.company(),
                                request.user().id(),
                                request.user().session())),
                Route.delete(
                        "/auth/sessions/{id}",
                        Access.PERSON,
                        "Ends one of the own sign-ins at once.",
                        Void.class,
                        this::endOne),
                Route.delete(
                        "/auth/sessions", Access.PERSON, "Ends the own sign-ins but this one.", Void.class, request -> {
                            sessions.endAll(
                                    request.company(),
                                    request.user().id(),
                                    request.user().session(),
                                    "ended by its owner");
                            return Answer.nothing();
                        }));
    }

    private Object change(Request request) {
        Change body = request.body(Change.class);
        limits.count("own-password:" + request.user().id(), MOST_PASSWORDS, WINDOW);
        passwords.change(request.user(), body.current(), body.password());
        return Answer.nothing();
    }

    private void requirePassword(Request request) {
        limits.count("own-password:" + request.user().id(), MOST_PASSWORDS, WINDOW);
        passwords.require(request.user(), request.body(Password.class).password());
    }

    private Object forgot(Request request) {
        String email = request.body(Forgot.class).email().strip().toLowerCase(Locale.ROOT);
        if (email.length() > 254) {
            throw Refusal.invalid("email", "email is no e-mail address.");
        }
        limits.count("forgot@" + Limits.network(request.address()), MOST_RESETS, WINDOW);
        limits.count("forgot:" + email, MOST_LETTERS, WINDOW);
        passwords.forgot(email);
        return Answer.nothing();
    }

    private Object reset(Request request) {
        Reset body = request.body(Reset.class);
        limits.count("reset@" + Limits.network(request.address()), MOST_RESETS, WINDOW);
        passwords.reset(body.token(), body.password());
        return Answer.nothing();
    }

    private Object confirm(Request request) {
        limits.count("totp:" + request.user().id(), MOST_PASSWORDS, WINDOW);
        secondFactor.confirm(request.user(), request.body(Code.class).code());
        return Answer.nothing();
    }

    private Object endOne(Request request) {
        UUID id;
        try {
            id = UUID.fromString(request.path("id"));
        } catch (IllegalArgumentException e) {
            throw Refusal.notFound("session");
        }
        sessions.end(request.company(), request.user().id(), id);
        return Answer.nothing();
    }
}
