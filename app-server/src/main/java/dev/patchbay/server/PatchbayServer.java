package dev.patchbay.server;

import dev.patchbay.model.Caller;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.CompanyView;
import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.Role;
import dev.patchbay.model.Tokens;
import dev.patchbay.model.UserId;
import dev.patchbay.server.audit.Audit;
import dev.patchbay.server.audit.AuditRoutes;
import dev.patchbay.server.calls.AgentRoutes;
import dev.patchbay.server.calls.AgentRules;
import dev.patchbay.server.calls.Agents;
import dev.patchbay.server.calls.CallCommands;
import dev.patchbay.server.calls.CallList;
import dev.patchbay.server.calls.CallPresence;
import dev.patchbay.server.calls.CallRoutes;
import dev.patchbay.server.calls.Calls;
import dev.patchbay.server.calls.ChoiceRoutes;
import dev.patchbay.server.calls.Choices;
import dev.patchbay.server.calls.Floors;
import dev.patchbay.server.calls.LeadMatch;
import dev.patchbay.server.calls.QueueRoutes;
import dev.patchbay.server.calls.Queues;
import dev.patchbay.server.calls.Reconciler;
import dev.patchbay.server.calls.Skills;
import dev.patchbay.server.calls.Surroundings;
import dev.patchbay.server.calls.Ticker;
import dev.patchbay.server.calls.VisitorCalls;
import dev.patchbay.server.http.ApiDocs;
import dev.patchbay.server.http.Blocklist;
import dev.patchbay.server.http.Edge;
import dev.patchbay.server.http.Limits;
import dev.patchbay.server.http.Origins;
import dev.patchbay.server.http.Route;
import dev.patchbay.server.http.SelfSigned;
import dev.patchbay.server.http.ServerRoutes;
import dev.patchbay.server.http.Timings;
import dev.patchbay.server.http.Tls;
import dev.patchbay.server.http.TrustedProxies;
import dev.patchbay.server.identity.Companies;
import dev.patchbay.server.identity.Identity;
import dev.patchbay.server.identity.Licences;
import dev.patchbay.server.identity.Passwords;
import dev.patchbay.server.identity.Sessions;
import dev.patchbay.server.identity.SigningKeys;
import dev.patchbay.server.identity.Users;
import dev.patchbay.server.leads.LeadCommands;
import dev.patchbay.server.leads.LeadRoutes;
import dev.patchbay.server.leads.Leads;
import dev.patchbay.server.leads.OutsideLeads;
import dev.patchbay.server.live.Doorbell;
import dev.patchbay.server.live.Housekeeping;
import dev.patchbay.server.live.LiveHub;
import dev.patchbay.server.live.LiveRoutes;
import dev.patchbay.server.live.LocalDoorbell;
import dev.patchbay.server.live.PostgresDoorbell;
import dev.patchbay.server.mail.Mailer;
import dev.patchbay.server.nodes.NodeSecrets;
import dev.patchbay.server.nodes.Nodes;
import dev.patchbay.server.operations.StatusRoutes;
import dev.patchbay.server.settings.SettingRoutes;
import dev.patchbay.server.settings.Settings;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Transaction;
import dev.patchbay.server.telephony.web.IceServers;
import dev.patchbay.server.telephony.web.Signalling;
import dev.patchbay.server.telephony.web.VisitorPages;
import dev.patchbay.server.telephony.web.VisitorRoutes;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The companion server: start it with a [Config], get its address, close it.
///
/// This is the composition root: every service is made here, in reading order.
public final class PatchbayServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PatchbayServer.class);

    /// This program's version.
    public static final String VERSION = "0.1.0";

    private final Database database;
    private final Mailer mailer;
    private final Identity identity;
    private final List<Route> routes;
    private final PrometheusMeterRegistry meters;
    private final LiveHub hub;
    private final Housekeeping housekeeping;
    private final Queues queues;
    private final Choices choices;
    private final Leads leads;
    private final OutsideLeads outsideLeads;
    private final Ticker ticker;
    private final Edge edge;
    private final Nodes nodes;
    private final Duration drain;

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
        return start(config, Startup.open(config, clock), clock, nanos);
    }

    /// As [#start(Config)], on a database that is open already: for who must be the first to hear of a commit.
    ///
    /// @param database is closed with the server, or when the server cannot start
    static PatchbayServer start(Config config, Database database, InstantSource clock, LongSupplier nanos) {
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
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        database.meter(meters);
        Timings timings = new Timings(nanos);
        timings.meter(meters);
        Limits limits = limits(config, nanos);
        nodes = new Nodes(database);
        drain = config.duration(Setting.DRAIN_TIME);

        // What agents and visitors do.
        leads = new Leads(database);
        outsideLeads = new OutsideLeads(database);
        IceServers iceServers = new IceServers(iceSettings(config));
        Floors floors = new Floors(database, new Surroundings(leadMatch(leads), iceServers), nodes.self());
        Calls calls = new Calls(floors, Licences::requireCalling);
        CallList callList = new CallList(floors);
        Agents agents = new Agents(floors);
        queues = new Queues(floors);
        choices = new Choices(floors);
        VisitorCalls visitors = new VisitorCalls(floors);
        Signalling signalling = new Signalling(database, limits);
        Reconciler reconciler = new Reconciler(floors);
        ticker = new Ticker(reconciler, clock, nanos, Duration.ofMillis(250));

        // Who signs in.
        mailer = IdentitySetup.mailer(config);
        identity = identity(
                config,
                database,
                clock,
                limits,
                agents::states,
                IdentitySetup.of(config, database, mailer, () -> url().toString(), company -> new Settings(database)
                        .of(company)
                        .studentSignUp()));

        identity.offboarding().on((transaction, leaver, _) -> {
            agents.leave(transaction, leaver);
            return 0;
        });
        identity.offboarding().on(leads::handOver);
        identity.companies().onClosing(agents::refuseWhileCallsAreLive);

        // What everybody sees live.
        hub = new LiveHub(database, identity.liveAuthenticator(), doorbell(database), meters, liveLimits(config));
        if (config.text(Setting.SOCKET_OVERFLOW).equals("refuse")) {
            hub.refuseOverflow();
        }
        identity.sessions().onEnd(hub);
        housekeeping = new Housekeeping(
                database, dev.patchbay.server.live.Limits.usual().kept());

        hub.with(LeadCommands.of(leads))
                .with(CallCommands.of(calls, agents, visitors))
                .with(signalling.commands())
                .viewers(user -> both(callList.audiences(user), leads.audiences(user)))
                .tell(new CallPresence(agents, visitors));
        floors.onMembership(hub::refresh);

        // The edge.
        AtomicBoolean draining = new AtomicBoolean();
        List<Route> all = new ArrayList<>();
        all.addAll(identity.routes());
        all.addAll(new ApiDocs(VERSION, this::routes).routes());
        StatusRoutes status =
                new StatusRoutes(VERSION, database, config.folder(), hub, nodes, timings, meters, carrier(config));
        all.addAll(status.routes());
        all.addAll(new LiveRoutes(hub, status::sockets).routes());
        all.addAll(new AuditRoutes(new Audit(database)).routes());
        all.addAll(new SettingRoutes(database, config::shown).routes());
        all.addAll(new LeadRoutes(leads).routes());
        all.addAll(new CallRoutes(calls, callList).routes());
        all.addAll(new AgentRoutes(agents, new AgentRules(floors)).routes());
        all.addAll(new QueueRoutes(queues).routes());
        all.addAll(new ChoiceRoutes(new Skills(floors), choices).routes());
        all.addAll(new VisitorRoutes(
                        visitors,
                        iceServers,
                        identity.visitorTokens(),
                        identity.authenticator(),
                        limits,
                        clock,
                        config.count(Setting.RATE_LIMIT_VISITOR_CALLS))
                .routes());
        all.addAll(new VisitorPages(config.text(Setting.WIDGET_ORIGINS)).routes());
        all.addAll(new ServerRoutes(
                        database,
                        clock,
                        config.folder(),
                        meters,
                        config.find(Setting.METRICS_TOKEN).orElse(null),
                        draining)
                .routes());
        Blocklist blocklist = new Blocklist(database, nanos);
        all.addAll(blocklist.routes());
        routes = List.copyOf(all);
        // Before anybody can come: it says of everybody that they have to come back.
        if (nodes.join(hostName())) {
            ticker.recover();
        }
        edge = new Edge(
                new Edge.Setup(
                        config.text(Setting.HOST),
                        config.count(Setting.PORT),
                        new Origins(
                                config.list(Setting.ALLOWED_ORIGINS),
                                config.find(Setting.PUBLIC_URL).orElse(null)),
                        proxies(config),
                        isHttps(config),
                        tls(config),
                        config.duration(Setting.REQUEST_TIMEOUT),
                        config.count(Setting.RATE_LIMIT_SOCKETS_PER_MINUTE)),
                draining,
                routes,
                identity.authenticator(),
                limits,
                database,
                meters,
                timings,
                blocklist,
                List.of(javalin -> javalin.jetty.modifyServletContextHandler(hub::install)));
        housekeeping.start();
        outsideLeads.start();
        ticker.start();
        nodes.tellSockets(() -> hub.stats().connections());
        nodes.start(edge.url().toString(), reconciler::takeOver, hub::announce);
        LOG.info("serving {}", edge.url());
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static Doorbell doorbell(Database database) {
        return switch (database.dialect()) {
            case H2 -> new LocalDoorbell(database);
            case POSTGRESQL -> new PostgresDoorbell(database);
        };
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static IceServers.Settings iceSettings(Config config) {
        return new IceServers.Settings(
                config.find(Setting.STUN_SERVER).orElse(null),
                config.find(Setting.TURN_SERVER).orElse(null),
                config.find(Setting.TURN_SECRET).orElse(null),
                config.find(Setting.TURN_USERNAME).orElse(null),
                config.find(Setting.TURN_CREDENTIAL).orElse(null),
                config.duration(Setting.TURN_TTL));
    }

    /// Calls know leads by this alone.
    private static LeadMatch leadMatch(Leads leads) {
        return new LeadMatch() {
            @Override
            public Optional<Lead> match(Transaction transaction, Caller caller) {
                return leads.match(transaction, caller);
            }

            @Override
            public Optional<Lead> byId(Transaction transaction, LeadId id) {
                return leads.byId(transaction, id);
            }
        };
    }

    private static @Nullable String carrier(Config config) {
        return config.isSet(Setting.SIGNALWIRE_PROJECT_ID)
                ? "signalwire"
                : config.isSet(Setting.TWILIO_ACCOUNT_SID)
                        ? "twilio"
                        : config.isSet(Setting.EXOTEL_SID) ? "exotel" : null;
    }

    private static dev.patchbay.server.live.Limits liveLimits(Config config) {
        return dev.patchbay.server.live.Limits.usual()
                .withSockets(config.count(Setting.SOCKET_MAX_CONNECTIONS_PER_USER))
                .withSilence(Duration.ofMillis(config.count(Setting.SOCKET_PING_TIMEOUT)));
    }

    /// Here, or at a proxy.
    private static boolean isHttps(Config config) {
        return config.isSet(Setting.TLS_CERTIFICATE)
                || config.find(Setting.PUBLIC_URL)
                        .filter(url -> url.startsWith("https:"))
                        .isPresent();
    }

    private static Limits limits(Config config, LongSupplier nanos) {
        return new Limits(
                config.count(Setting.RATE_LIMIT_MAX_REQUESTS),
                Duration.ofMillis(config.count(Setting.RATE_LIMIT_WINDOW_MS)),
                config.count(Setting.RATE_LIMIT_USER_PER_SECOND),
                config.count(Setting.RATE_LIMIT_COMPANY_PER_SECOND),
                nanos);
    }

    private static Identity identity(
            Config config,
            Database database,
            InstantSource clock,
            Limits limits,
            Function<CompanyId, Map<UserId, String>> states,
            Identity.Setup setup) {
        return new Identity(
                database,
                clock,
                keys(config, database),
                new Passwords(config.text(Setting.PASSWORD_HASH), config.count(Setting.BCRYPT_ROUNDS)),
                setup,
                limits,
                List.of(Settings::found, Queues::found),
                states);
    }

    /// Identity alone, for the commands of an administrator at the terminal.
    static Identity identity(Config config, Database database, InstantSource clock, LongSupplier nanos) {
        Identity.Setup setup = IdentitySetup.of(config, database, new Mailer(null, Duration.ZERO), () -> "", _ -> true);
        return identity(config, database, clock, limits(config, nanos), _ -> Map.of(), setup);
    }

    /// On PostgreSQL the secret is in the database, because a token of one node must be good at all; what a node kept
    /// in a file before is where it begins.
    private static SigningKeys keys(Config config, Database database) {
        Path file = config.folder().resolve("jwt-secret");
        return config.find(Setting.JWT_SECRET)
                .map(secret -> new SigningKeys(List.of(secret)))
                .orElseGet(() -> switch (database.dialect()) {
                    case H2 -> SigningKeys.inFile(file);
                    case POSTGRESQL ->
                        new SigningKeys(
                                List.of(NodeSecrets.shared(database, "access-tokens", () -> SigningKeys.newestIn(file)
                                        .orElseGet(SigningKeys::random))));
                });
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

    /// Makes a certificate that nobody vouches for, in a configuration's data folder, for a server on a local network.
    ///
    /// @param names host names and addresses under which colleagues reach the server
    /// @return the configuration that uses it, and the fingerprint (SHA-256, hexadecimal) that consoles pin
    public static WithCertificate selfSigned(Config config, List<String> names) {
        SelfSigned made = SelfSigned.make(config.folder(), names, Instant.now());
        return new WithCertificate(
                config.with(Setting.TLS_CERTIFICATE, made.certificate().toString())
                        .with(Setting.TLS_KEY, made.key().toString()),
                made.fingerprint());
    }

    /// @see #selfSigned
    public record WithCertificate(Config config, String fingerprint) {}

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

    /// Adds the company `demo` to an empty database, or gives its users this password when it is there.
    ///
    /// @throws CannotStart when the database holds somebody's real data
    public void setUpDemo(String password) {
        DemoData.install(identity, queues, choices, leads, password);
    }

    Identity identity() {
        return identity;
    }

    LiveHub hub() {
        return hub;
    }

    Nodes nodes() {
        return nodes;
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

    /// Stops: says so at `/health`, tells the consoles, lets requests under way finish, closes everything.
    ///
    /// Where other nodes run it goes on serving for `DRAIN_TIME` first, so that a balancer sends everybody
    /// elsewhere before anything is refused.
    @Override
    public void close() {
        edge.leave();
        hub.leave(nodes.othersRun() ? drain : Duration.ZERO);
        ticker.close();
        housekeeping.close();
        outsideLeads.close();
        edge.close();
        hub.close();
        nodes.close();
        mailer.close();
        database.close();
        meters.close();
    }
}
