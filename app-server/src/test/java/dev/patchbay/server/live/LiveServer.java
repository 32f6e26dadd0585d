package dev.patchbay.server.live;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.EventType;
import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.Me;
import dev.patchbay.model.Payload;
import dev.patchbay.model.Role;
import dev.patchbay.model.UserId;
import dev.patchbay.server.TestDatabase;
import dev.patchbay.server.access.Authenticator;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Audience;
import dev.patchbay.server.store.Database;
import io.javalin.Javalin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The hub on a real socket over a database in memory, with passes in place of sign-in.
final class LiveServer implements AutoCloseable {
    private final TestDatabase store = TestDatabase.fresh();
    final Database database;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Passes passes = new Passes();
    final LiveHub hub;
    private final Javalin javalin;

    LiveServer() {
        this(Limits.usual());
    }

    LiveServer(Limits limits) {
        this(limits, InstantSource.system());
    }

    LiveServer(Limits limits, InstantSource clock) {
        this(limits, clock, LocalDoorbell::new);
    }

    LiveServer(Limits limits, InstantSource clock, Function<Database, Doorbell> doorbell) {
        database = Database.open(store.address(10), clock);
        hub = new LiveHub(database, passes, doorbell.apply(database), meters, limits);
        javalin = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.jetty.modifyServletContextHandler(hub::install);
                })
                .start("127.0.0.1", 0);
    }

    /// Limits under which deadlines come quickly.
    static Limits hasty() {
        return new Limits(
                Duration.ofMillis(500),
                Duration.ofMillis(200),
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                Duration.ofMillis(50),
                Duration.ofMillis(3),
                5,
                50,
                200,
                65_536,
                1_024,
                5,
                Duration.ofDays(7));
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + javalin.port() + "/live");
    }

    LiveClient client() {
        return new LiveClient(uri());
    }

    /// A client that is connected and welcomed.
    LiveClient console(String token) {
        LiveClient client = client();
        client.open();
        client.say(Map.of("type", "hello", "token", token));
        client.await("welcome");
        return client;
    }

    /// As [#console(String)], for a client that looks at its frames as they come.
    LiveClient console(String token, java.util.function.Consumer<com.fasterxml.jackson.databind.JsonNode> reader) {
        LiveClient client = new LiveClient(uri(), reader);
        client.open();
        client.say(Map.of("type", "hello", "token", token));
        return client;
    }

    LiveClient console(String token, long after) {
        LiveClient client = client();
        client.open();
        client.say(Map.of("type", "hello", "token", token, "after", after));
        client.await("welcome");
        return client;
    }

    CompanyId company(String slug) {
        CompanyId company = CompanyId.fresh();
        database.acrossCompanies(handle -> {
            handle.execute(
                    "insert into company (id, slug, name, region) values (?, ?, ?, 'US')", company.value(), slug, slug);
            return handle.execute("insert into event_counter (company_id, seq) values (?, 0)", company.value());
        });
        return company;
    }

    /// Something happens to a lead.
    void happen(CompanyId company, String name) {
        happen(company, name, Audience.company());
    }

    void happen(CompanyId company, String name, Audience audience) {
        database.change(company, transaction -> {
            Lead lead = lead(name, transaction.now());
            transaction.emit(EventType.LEAD_CREATED, audience, lead.id(), new Payload.OfLead(lead));
        });
    }

    private static Lead lead(String name, Instant now) {
        return new Lead(
                LeadId.fresh(),
                name,
                "+12025550100",
                null,
                "web",
                "new",
                null,
                null,
                null,
                List.of(),
                Map.of(),
                null,
                1,
                now,
                now);
    }

    /// Sign-in by a list of passes that can be ended.
    static final class Passes implements Authenticator {
        private final Map<String, Principal> byToken = new ConcurrentHashMap<>();

        @Override
        public Principal authenticate(String token) {
            Principal principal = byToken.get(token);
            if (principal == null) {
                throw Refusal.unauthenticated();
            }
            return principal;
        }

        String give(Principal principal) {
            String token = "pass-" + UUID.randomUUID();
            byToken.put(token, principal);
            return token;
        }

        String agent(CompanyId company) {
            return give(user(company, UserId.fresh(), Role.AGENT));
        }

        void end(String token) {
            byToken.remove(token);
        }

        static Principal.User user(CompanyId company, UserId id, Role role) {
            Set<dev.patchbay.model.Permission> permissions = new HashSet<>(role.permissions());
            Me me = new Me(
                    id,
                    "Ann",
                    id + "@example.test",
                    Set.of(role),
                    permissions,
                    new Me.CompanyRef(company, "Acme", "acme", "US"));
            return new Principal.User(me, UUID.randomUUID());
        }
    }

    @Override
    public void close() {
        hub.close();
        javalin.stop();
        database.close();
        store.drop();
    }
}
