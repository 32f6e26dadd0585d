package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Tokens;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Authenticator;
import dev.patchbay.server.access.VisitorTokens;
import dev.patchbay.server.http.Limits;
import dev.patchbay.server.http.Route;
import dev.patchbay.server.identity.external.Provider;
import dev.patchbay.server.identity.external.ProviderClient;
import dev.patchbay.server.mail.Mailer;
import dev.patchbay.server.secrets.Secrets;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The feature put together.
public final class Identity implements Route.Feature {
    private final UserTable table;
    private final AccessTokens tokens;
    private final Sessions sessions;
    private final Users users;
    private final Companies companies;
    private final Offboarding offboarding;
    private final Licences licences;
    private final SecondFactor secondFactor;
    private final SessionList sessionList;
    private final ApiKeys apiKeys;
    private final List<Route.Feature> routes;

    /// What an administrator chose, and what else identity leans on.
    ///
    /// @param accessFor how long an access token is good for
    /// @param refreshFor how long a sign-in lasts without use
    /// @param registration whether anybody may found a company
    /// @param publicUrl where people reach this server, without a slash at the end
    /// @param providers through whom people sign in besides
    /// @param origins other sites that may be sent back to from there
    /// @param studentsWelcome whether a company lets students make their accounts
    public record Setup(
            Duration accessFor,
            Duration refreshFor,
            boolean registration,
            Supplier<String> publicUrl,
            Secrets secrets,
            Mailer mailer,
            List<Provider> providers,
            List<String> origins,
            Predicate<CompanyId> studentsWelcome) {}

    /// @param foundings what every new company begins with, run in the transaction that makes it
    /// @param states what the calls know of each agent, for the directory
    public Identity(
            Database database,
            InstantSource clock,
            SigningKeys keys,
            Passwords passwords,
            Setup setup,
            Limits limits,
            List<Consumer<Transaction>> foundings,
            Function<CompanyId, Map<UserId, String>> states) {
        table = new UserTable(database);
        tokens = new AccessTokens(keys, table, clock, setup.accessFor());
        Profiles profiles = new Profiles(database);
        sessions = new Sessions(database, table, profiles, tokens, setup.refreshFor());
        sessionList = new SessionList(database, sessions);
        users = new Users(database, table, passwords, sessions);
        companies = new Companies(database, users, sessions, foundings);
        offboarding = new Offboarding(database, users, sessions);
        licences = new Licences(database);
        secondFactor = new SecondFactor(database, setup.secrets());
        Registration registration = new Registration(
                database, table, companies, users, sessions, setup.registration(), setup.studentsWelcome());
        Tries tries = new Tries(limits::nanos);
        SignIn signIn = new SignIn(database, table, passwords, secondFactor, sessions, tries);
        apiKeys = new ApiKeys(database, table, sessions);
        ExternalAccounts external = new ExternalAccounts(database, table, sessions, signIn, tries);
        PasswordReset reset =
                new PasswordReset(database, table, passwords, sessions, setup.mailer(), setup.publicUrl());
        routes = List.of(
                new AuthRoutes(signIn, registration, sessions, users, profiles, limits),
                new AccountRoutes(reset, secondFactor, sessionList, limits),
                new LicenceRoutes(licences, companies),
                new ResetPage(),
                new KeyRoutes(apiKeys, new ConnectionTokens(table, tokens)),
                new ExternalRoutes(
                        setup.providers(),
                        new ProviderClient(clock),
                        external,
                        setup.secrets(),
                        setup.publicUrl(),
                        setup.origins(),
                        clock),
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

    /// Of people's access tokens, visitors' tokens and programs' keys.
    public Authenticator authenticator() {
        return token -> token.startsWith(ApiKeys.PREFIX) ? apiKeys.authenticate(token) : tokens.authenticate(token);
    }

    /// As [#authenticator], and of tokens that are for sockets only.
    public Authenticator liveAuthenticator() {
        return token ->
                token.startsWith(ApiKeys.PREFIX) ? apiKeys.authenticate(token) : tokens.authenticateForLive(token);
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

    public Licences licences() {
        return licences;
    }

    public SecondFactor secondFactor() {
        return secondFactor;
    }

    public SessionList sessionList() {
        return sessionList;
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
