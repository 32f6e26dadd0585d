package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Tokens;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Authenticator;
import dev.patchbay.server.access.VisitorTokens;
import dev.patchbay.server.http.Limits;
import dev.patchbay.server.http.Route;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// The feature put together.
public final class Identity implements Route.Feature {
    private final UserTable table;
    private final AccessTokens tokens;
    private final Sessions sessions;
    private final Users users;
    private final Companies companies;
    private final Offboarding offboarding;
    private final List<Route.Feature> routes;

    /// @param accessFor how long an access token is good for
    /// @param refreshFor how long a sign-in lasts without use
    /// @param foundings what every new company begins with, run in the transaction that makes it
    /// @param states what the calls know of each agent, for the directory
    public Identity(
            Database database,
            InstantSource clock,
            SigningKeys keys,
            Passwords passwords,
            Duration accessFor,
            Duration refreshFor,
            Limits limits,
            List<Consumer<Transaction>> foundings,
            Function<CompanyId, Map<UserId, String>> states) {
        table = new UserTable(database);
        tokens = new AccessTokens(keys, table, clock, accessFor);
        sessions = new Sessions(database, table, passwords, tokens, refreshFor);
        users = new Users(database, table, passwords, sessions);
        companies = new Companies(database, users, sessions, foundings);
        offboarding = new Offboarding(database, users, sessions);
        routes = List.of(
                new AuthRoutes(sessions, users, limits),
                new UserRoutes(
                        users,
                        new SignIns(database, users, passwords, sessions),
                        offboarding,
                        new UserImport(database, users, passwords),
                        states),
                new CompanyRoutes(companies),
                new OfficeRoutes(new Offices(database)),
                new RoleRoutes());
    }

    public Authenticator authenticator() {
        return tokens;
    }

    public VisitorTokens visitorTokens() {
        return tokens;
    }

    public Sessions sessions() {
        return sessions;
    }

    public Users users() {
        return users;
    }

    public Companies companies() {
        return companies;
    }

    public Offboarding offboarding() {
        return offboarding;
    }

    /// Signs somebody in without a password: for the console in the same process right after the first run, and tests.
    ///
    /// @throws IllegalArgumentException when nobody active has this address
    public Tokens open(String email, Sessions.Origin origin) {
        return sessions.open(
                table.byEmail(email).orElseThrow(() -> new IllegalArgumentException("nobody has " + email)), origin);
    }

    @Override
    public List<Route> routes() {
        return routes.stream().flatMap(feature -> feature.routes().stream()).toList();
    }
}
