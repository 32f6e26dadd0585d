package dev.patchbay.server;

import dev.patchbay.model.CompanyView;
import dev.patchbay.model.Role;
import dev.patchbay.model.Tokens;
import dev.patchbay.server.http.Edge;
import dev.patchbay.server.http.Limits;
import dev.patchbay.server.http.Route;
import dev.patchbay.server.http.ServerRoutes;
import dev.patchbay.server.http.Tls;
import dev.patchbay.server.http.TrustedProxies;
import dev.patchbay.server.identity.Companies;
import dev.patchbay.server.identity.Identity;
import dev.patchbay.server.identity.Passwords;
import dev.patchbay.server.identity.Sessions;
import dev.patchbay.server.identity.SigningKeys;
import dev.patchbay.server.identity.Users;
import dev.patchbay.server.store.Database;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The companion server: start it with a [Config], get its address, close it.
///
/// This is the composition root: every service is made here, in reading order.
public final class PatchbayServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PatchbayServer.class);

    private final Database database;
    private final Identity identity;
    private final List<Route> routes;
    private final PrometheusMeterRegistry meters;
    private final Edge edge;

    /// Starts the server; returns when it takes requests.
    ///
    /// @throws CannotStart with one sentence for a person
    public static PatchbayServer start(Config config) {
        return start(config, InstantSource.system(), System::nanoTime);
    }

    /// As [#start(Config)], with time from outside.
    ///
    /// @param clock the time of day
    /// @param nanos a monotonic time in nanoseconds
    static PatchbayServer start(Config config, InstantSource clock, LongSupplier nanos) {
        Startup.prepare(config);
        Database database = Startup.open(config, clock);
        try {
            return new PatchbayServer(config, database, clock, nanos);
        } catch (RuntimeException e) {
            database.close();
            throw Startup.explained(config, e);
        }
    }

    private PatchbayServer(Config config, Database database, InstantSource clock, LongSupplier nanos) {
        this.database = database;
        meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Limits limits = new Limits(
                config.count(Setting.RATE_LIMIT_MAX_REQUESTS),
                java.time.Duration.ofMillis(config.count(Setting.RATE_LIMIT_WINDOW_MS)),
                config.count(Setting.RATE_LIMIT_USER_PER_SECOND),
                nanos);

        // Who signs in.
        identity = new Identity(
                database,
                clock,
                keys(config),
                new Passwords(config.text(Setting.PASSWORD_HASH), config.count(Setting.BCRYPT_ROUNDS)),
                config.duration(Setting.JWT_EXPIRES_IN),
                config.duration(Setting.JWT_REFRESH_EXPIRES_IN),
                limits,
                List.of(),
                _ -> Map.of());

        // What everybody sees live.

        // What agents and visitors do.

        // The edge.
        List<Route> all = new ArrayList<>();
        all.addAll(identity.routes());
        all.addAll(new ServerRoutes(database, clock, config.folder(), meters).routes());
        routes = List.copyOf(all);
        edge = new Edge(
                new Edge.Setup(
                        config.text(Setting.HOST),
                        config.count(Setting.PORT),
                        config.list(Setting.ALLOWED_ORIGINS),
                        proxies(config),
                        tls(config)),
                routes,
                identity.authenticator(),
                limits,
                database,
                meters,
                List.of());
        LOG.info("serving {}", edge.url());
    }

    private static SigningKeys keys(Config config) {
        return config.find(Setting.JWT_SECRET)
                .map(secret -> new SigningKeys(List.of(secret)))
                .orElseGet(() -> SigningKeys.inFile(config.folder().resolve("jwt-secret")));
    }

    private static TrustedProxies proxies(Config config) {
        try {
            return new TrustedProxies(config.list(Setting.TRUSTED_PROXIES));
        } catch (IllegalArgumentException e) {
            throw new Config.Unusable("TRUSTED_PROXIES: " + e.getMessage() + ".");
        }
    }

    private static @Nullable Tls tls(Config config) {
        if (config.isSet(Setting.TLS_CERTIFICATE) != config.isSet(Setting.TLS_KEY)) {
            throw new Config.Unusable("TLS_CERTIFICATE and TLS_KEY are set together or not at all.");
        }
        if (!config.isSet(Setting.TLS_CERTIFICATE)) {
            return null;
        }
        try {
            return new Tls(Path.of(config.text(Setting.TLS_CERTIFICATE)), Path.of(config.text(Setting.TLS_KEY)));
        } catch (IllegalArgumentException e) {
            throw new Config.Unusable(String.valueOf(e.getMessage()));
        }
    }

    /// Where it serves, without a slash at the end.
    public URI url() {
        return edge.url();
    }

    /// Whether nobody has set up anything yet.
    public boolean isEmpty() {
        return identity.companies().isEmpty();
    }

    /// The first company and who administers it.
    ///
    /// @param region ISO 3166-1 alpha-2
    public record FirstRun(String company, String region, String name, String email, String password) {
        @Override
        public String toString() {
            return "FirstRun[" + company + "]";
        }
    }

    /// Sets up a server that [#isEmpty], for the console that runs it in its own process.
    ///
    /// @throws dev.patchbay.server.access.Refusal with the fields that are wrong
    public CompanyView setUp(FirstRun wanted) {
        return identity.companies()
                .found(new Companies.NewCompany(
                        wanted.company(),
                        null,
                        wanted.region(),
                        new Users.NewUser(
                                wanted.name(), wanted.email(), wanted.password(), Set.of(Role.ADMIN), null, null)));
    }

    Identity identity() {
        return identity;
    }

    Database database() {
        return database;
    }

    List<Route> routes() {
        return routes;
    }

    /// A sign-in without a password, for tests and the demo.
    Tokens open(String email) {
        return identity.open(email, new Sessions.Origin("", ""));
    }

    /// Stops taking requests, lets those under way finish, closes everything.
    @Override
    public void close() {
        edge.close();
        database.close();
        meters.close();
    }
}
