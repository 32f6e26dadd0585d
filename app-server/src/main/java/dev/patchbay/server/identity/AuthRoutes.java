package dev.patchbay.server.identity;

import dev.patchbay.model.Me;
import dev.patchbay.model.Tokens;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Limits;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `/auth/…`.
final class AuthRoutes implements Route.Feature {
    /// Failed sign-ins to one account from one address, and from everywhere together, until one must wait.
    private static final int MOST_FAILURES = 10;

    private static final int MOST_FAILURES_ANYWHERE = 50;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final Sessions sessions;
    private final Users users;
    private final Limits limits;

    record Login(String email, String password) {
        @Override
        public String toString() {
            return "Login[" + email + "]";
        }
    }

    record Refresh(String refreshToken) {
        @Override
        public String toString() {
            return "Refresh[]";
        }
    }

    record Logout(@Nullable String refreshToken) {
        @Override
        public String toString() {
            return "Logout[]";
        }
    }

    AuthRoutes(Sessions sessions, Users users, Limits limits) {
        this.sessions = sessions;
        this.users = users;
        this.limits = limits;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/auth/login", Access.ANYBODY, "Signs in.", Login.class, Tokens.class, this::login),
                Route.post(
                        "/auth/refresh",
                        Access.ANYBODY,
                        "Gives a new pair of tokens for a refresh token, which is used up.",
                        Refresh.class,
                        Tokens.class,
                        this::refresh),
                Route.post(
                        "/auth/refresh-token",
                        Access.ANYBODY,
                        "As /auth/refresh, by another name.",
                        Refresh.class,
                        Tokens.class,
                        this::refresh),
                Route.post(
                        "/auth/logout", Access.ANYBODY, "Signs out at once.", Logout.class, Void.class, this::logout),
                Route.get(
                        "/auth/profile",
                        Access.SIGNED_IN,
                        "Tells who is signed in.",
                        Me.class,
                        request -> request.user().me()),
                Route.put(
                        "/auth/profile",
                        Access.SIGNED_IN,
                        "Changes the own name or password; anything else is ignored.",
                        Users.OwnChange.class,
                        Me.class,
                        this::changeOwn));
    }

    private Object login(Request request) {
        Login body = request.body(Login.class);
        if (body.email().length() > 254 || body.password().length() > 1000) {
            throw Refusal.of(401, "INVALID_CREDENTIALS", "E-mail or password is wrong.");
        }
        String account = "sign-in:" + body.email().strip().toLowerCase(Locale.ROOT);
        String here = account + "@" + Limits.network(request.address());
        // Taken before the password is looked at, so that guessing in parallel does not get past it.
        limits.count(here, MOST_FAILURES, WINDOW);
        limits.count(account, MOST_FAILURES_ANYWHERE, WINDOW);
        Tokens tokens = sessions.signIn(body.email(), body.password(), origin(request));
        limits.uncount(here, MOST_FAILURES, WINDOW);
        limits.uncount(account, MOST_FAILURES_ANYWHERE, WINDOW);
        limits.forgive(request.address());
        return tokens;
    }

    private Object refresh(Request request) {
        Tokens tokens = sessions.refresh(request.body(Refresh.class).refreshToken());
        // A whole office behind one address renews every quarter of an hour: only failures count.
        limits.forgive(request.address());
        return tokens;
    }

    private Object logout(Request request) {
        if (!request.text().isBlank()) {
            String token = request.body(Logout.class).refreshToken();
            if (token != null) {
                sessions.end(token, "signed out");
            }
        }
        if (request.principal() instanceof Principal.User user) {
            sessions.end(user.company(), user.id(), user.session(), "signed out");
        }
        return Answer.nothing();
    }

    private Object changeOwn(Request request) {
        Users.OwnChange body = request.body(Users.OwnChange.class);
        if (body.newPassword() != null) {
            limits.count("own-password:" + request.user().id(), MOST_FAILURES, WINDOW);
        }
        users.changeOwn(request.user(), body);
        return users.me(request.user());
    }

    private static Sessions.Origin origin(Request request) {
        return new Sessions.Origin(request.header("User-Agent").orElse(""), request.address());
    }
}
