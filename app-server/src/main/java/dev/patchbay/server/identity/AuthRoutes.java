package dev.patchbay.server.identity;

import dev.patchbay.model.Me;
import dev.patchbay.model.Tokens;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.http.Answer;
import dev.patchbay.server.http.Limits;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How people come and go: `/auth/register`, `/auth/login`, `/auth/refresh`, `/auth/logout`, `/auth/profile`.
final class AuthRoutes implements Route.Feature {
    private static final int MOST_ACCOUNTS = 30;
    private static final int MOST_PASSWORDS = 10;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final SignIn signIn;
    private final Registration registration;
    private final Sessions sessions;
    private final Users users;
    private final Profiles profiles;
    private final Limits limits;

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

    AuthRoutes(
            SignIn signIn,
            Registration registration,
            Sessions sessions,
            Users users,
            Profiles profiles,
            Limits limits) {
        this.signIn = signIn;
        this.registration = registration;
        this.sessions = sessions;
        this.users = users;
        this.profiles = profiles;
        this.limits = limits;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(
                        "/auth/register",
                        Access.ANYBODY,
                        "Founds a company and signs in who runs it, where the server allows it (REGISTRATION).",
                        Registration.NewCompany.class,
                        Tokens.class,
                        this::register),
                Route.post(
                        "/auth/signup",
                        Access.ANYBODY,
                        "Makes a student's account at a company, and signs in.",
                        Registration.NewStudent.class,
                        Tokens.class,
                        this::signUp),
                Route.post("/auth/login", Access.ANYBODY, "Signs in.", SignIn.Login.class, Tokens.class, this::login),
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
                        request -> profiles.complete(request.user().me())),
                Route.put(
                        "/auth/profile",
                        Access.PERSON,
                        "Changes the own name, phone or password; anything else is ignored.",
                        Users.OwnChange.class,
                        Me.class,
                        this::changeOwn));
    }

    private Object register(Request request) {
        Registration.NewCompany body = request.body(Registration.NewCompany.class);
        countAccount(request);
        return Answer.created(registration.register(body, origin(request)));
    }

    private Object signUp(Request request) {
        Registration.NewStudent body = request.body(Registration.NewStudent.class);
        countAccount(request);
        return Answer.created(registration.signUp(body, origin(request)));
    }

    private void countAccount(Request request) {
        limits.count("account@" + Limits.network(request.address()), MOST_ACCOUNTS, WINDOW);
    }

    private Object login(Request request) {
        Tokens tokens = signIn.signIn(request.body(SignIn.Login.class), origin(request));
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
        if (request.principal() instanceof Principal.User user && !user.byKey()) {
            sessions.end(user.company(), user.id(), user.session(), "signed out");
        }
        return Answer.nothing();
    }

    private Object changeOwn(Request request) {
        Users.OwnChange body = request.body(Users.OwnChange.class);
        if (body.newPassword() != null) {
            limits.count("own-password:" + request.user().id(), MOST_PASSWORDS, WINDOW);
        }
        users.changeOwn(request.user(), body);
        return profiles.complete(users.me(request.user()));
    }

    static Sessions.Origin origin(Request request) {
        return new Sessions.Origin(request.header("User-Agent").orElse(""), request.address());
    }
}
