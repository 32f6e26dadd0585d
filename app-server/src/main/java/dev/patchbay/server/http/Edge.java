package dev.patchbay.server.http;

import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Authenticator;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Actor;
import dev.patchbay.server.store.Database;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/// The running HTTP server: serves routes, decides who asks, and maps every outcome.
///
/// Each request runs on a virtual thread from its first byte to its answer.
public final class Edge implements AutoCloseable {
    /// Bodies are at most this long; longer ones are refused, and never held in memory.
    public static final int MOST_BYTES = 1_048_576;

    private static final List<String> PREFIXES = List.of("/api/v1", "/api", "");
    private static final List<String> MONITORED = List.of("/health", "/metrics");
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final AtomicBoolean draining;
    private final Authenticator authenticator;
    private final Limits limits;
    private final TrustedProxies proxies;
    private final Repeats repeats;
    private final Outcomes outcomes;
    private final MeterRegistry meters;
    private final Timings timings;
    private final Headers headers;
    private final RequestLog log = new RequestLog();
    private final SlowRequests slow;
    private final Duration patience;
    private final InFlight inFlight = new InFlight();
    private final Javalin javalin;
    private final URI url;

    /// @param origins whose scripts may call
    /// @param https whether browsers come by HTTPS, provided here or by a proxy
    /// @param tls null for plain HTTP
    /// @param patience how long a request's head may take to arrive, and its body again
    /// @param socketsPerMinute how many sockets one address may open
    public record Setup(
            String host,
            int port,
            Origins origins,
            TrustedProxies proxies,
            boolean https,
            @Nullable Tls tls,
            Duration patience,
            int socketsPerMinute) {}

    /// The port is taken by another program.
    public static final class PortInUse extends RuntimeException {
        private static final long serialVersionUID = 1;

        PortInUse(int port, Throwable cause) {
            super("port " + port + " is in use", cause);
        }
    }

    /// Starts serving; returns when requests are taken.
    ///
    /// @param draining set by [#leave]; whoever answers `/health` reads it
    /// @param more what else is hung into Javalin: the live hub's sockets
    /// @throws PortInUse when another program has the port
    public Edge(
            Setup setup,
            AtomicBoolean draining,
            List<Route> routes,
            Authenticator authenticator,
            Limits limits,
            Database database,
            MeterRegistry meters,
            Timings timings,
            Blocklist blocklist,
            List<Consumer<JavalinConfig>> more) {
        this.draining = draining;
        this.authenticator = authenticator;
        this.limits = limits;
        this.proxies = setup.proxies();
        this.repeats = new Repeats(database);
        this.outcomes = new Outcomes();
        this.meters = meters;
        this.timings = timings;
        this.headers = new Headers(setup.origins(), setup.https());
        this.patience = setup.patience();
        this.slow = new SlowRequests(setup.patience(), meters);
        meters.gauge("http.server.active", inFlight, InFlight::count);
        this.javalin = Javalin.create(javalin -> {
            javalin.startup.showJavalinBanner = false;
            javalin.startup.showOldJavalinVersionWarning = false;
            javalin.startup.startupWatcherEnabled = false;
            javalin.concurrency.useVirtualThreads = true;
            javalin.http.prefer405over404 = true;
            javalin.http.maxRequestSize = MOST_BYTES;
            // Compression of secrets beside what an attacker chooses leaks them (BREACH), and bodies are small.
            javalin.http.compressionStrategy = CompressionStrategy.NONE;
            javalin.router.treatMultipleSlashesAsSingleSlash = true;
            javalin.jetty.modifyServer(server -> {
                server.setErrorHandler(outcomes::unreadable);
                server.setHandler(
                        new Gate(proxies, blocklist, setup.origins(), slow, limits, setup.socketsPerMinute(), meters));
            });
            javalin.jetty.modifyHttpConfiguration(http -> {
                http.setSendServerVersion(false);
                http.setSendXPoweredBy(false);
                http.setRequestHeaderSize(16_384);
            });
            javalin.jetty.addConnector((server, http) -> connector(server, http, setup));
            javalin.routes.before(context -> log.begin(context, proxies.client(context)));
            javalin.routes.before(headers::before);
            outcomes.install(javalin);
            routes.stream().sorted(Comparator.comparing(Edge::order)).forEach(route -> add(javalin, route));
            more.forEach(addition -> addition.accept(javalin));
        });
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            slow.close();
            javalin.stop();
            throw new PortInUse(setup.port(), e);
        } catch (RuntimeException e) {
            slow.close();
            javalin.stop();
            throw e;
        }
        String host = List.of("0.0.0.0", "::", "127.0.0.1").contains(setup.host()) ? "localhost" : setup.host();
        this.url = URI.create((setup.tls() == null ? "http://" : "https://") + host + ":" + javalin.port());
    }

    /// Where it serves, without a slash at the end.
    public URI url() {
        return url;
    }

    private ServerConnector connector(Server server, HttpConfiguration http, Setup setup) {
        Tls tls = setup.tls();
        ServerConnector connector = tls == null
                ? new ServerConnector(server, new HttpConnectionFactory(http))
                : tls.connector(server, http);
        connector.setHost(setup.host());
        connector.setPort(setup.port());
        connector.addEventListener(slow);
        return connector;
    }

    /// Literal segments come before parameters, so that `/calls/mine` is never read as a call's id.
    private static String order(Route route) {
        return route.path().replace("{", "\uFFFE{").replace("<", "\uFFFF<");
    }

    private void add(JavalinConfig javalin, Route route) {
        HandlerType method =
                switch (route.method()) {
                    case GET -> HandlerType.GET;
                    case POST -> HandlerType.POST;
                    case PUT -> HandlerType.PUT;
                    case PATCH -> HandlerType.PATCH;
                    case DELETE -> HandlerType.DELETE;
                };
        for (String prefix : route.isPage() ? List.of("") : PREFIXES) {
            javalin.routes.addHttpHandler(method, prefix + route.path(), context -> serve(route, context));
        }
    }

    private void serve(Route route, Context context) throws Exception {
        long start = System.nanoTime();
        if (!inFlight.enter()) {
            throw Refusal.unavailable("The server is stopping.");
        }
        // Not when the handler returns: the answer is written after that.
        org.eclipse.jetty.server.Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(context.req()), _ -> inFlight.leave());
        if (draining.get()) {
            // The next request comes on a connection of its own, which a balancer gives to another node.
            context.header("Connection", "close");
        }
        Exchange exchange = new Exchange(context, proxies.client(context), patience);
        RequestLog.route(context, route);
        try {
            if (!route.isPage()) {
                headers.requireKnown(context);
                exchange.requireAcceptable();
            }
            exchange.become(principal(route, exchange));
            RequestLog.who(context, exchange.principal());
            exchange.requireSize();
            route.access().check(exchange.principal());
            Actor actor = exchange.principal().actor(exchange.address());
            outcomes.write(
                    context, ScopedValue.where(Actor.CURRENT, actor).call(() -> repeats.handle(route, exchange)));
        } catch (Exception e) {
            outcomes.failed(context, e);
        } finally {
            exchange.leave();
            RequestLog.leave();
            timings.record(System.nanoTime() - start, context.statusCode());
            meters.timer(
                            "http.server.requests",
                            "method",
                            route.method().name(),
                            "route",
                            route.path(),
                            "status",
                            String.valueOf(context.statusCode()))
                    .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    private Principal principal(Route route, Exchange exchange) {
        Principal nobody = new Principal.Anonymous(exchange.address());
        if (route.isPage()) {
            exchange.show(limits.page(exchange.address()));
            return nobody;
        }
        Optional<String> token = exchange.bearer();
        if (token.isPresent()) {
            try {
                Principal principal = authenticator.authenticate(token.get());
                exchange.show(limits.known(principal));
                return principal;
            } catch (Refusal refusal) {
                if (refusal.status() != 401) {
                    throw refusal;
                }
                exchange.show(unknown(route, exchange));
                if (!(route.access() instanceof Access.Anybody)) {
                    throw refusal;
                }
                return nobody;
            }
        }
        exchange.show(unknown(route, exchange));
        return nobody;
    }

    /// From now on `/health` answers that this server goes, and no connection is kept for another request. Requests are
    /// served on.
    public void leave() {
        draining.set(true);
    }

    /// A load balancer asks for the health every few seconds: more often than strangers may ask for anything else.
    private Limits.Standing unknown(Route route, Exchange exchange) {
        return MONITORED.contains(route.path())
                ? limits.page(exchange.address())
                : limits.anonymous(exchange.address());
    }

    /// Takes no more requests, lets those under way finish (5 s at most), then stops.
    @Override
    public void close() {
        inFlight.drain(DRAIN);
        slow.close();
        javalin.stop();
    }
}
