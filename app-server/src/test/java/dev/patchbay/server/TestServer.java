package dev.patchbay.server;

import dev.patchbay.model.CompanyView;
import dev.patchbay.model.Role;
import dev.patchbay.model.Tokens;
import dev.patchbay.model.UserView;
import dev.patchbay.server.http.Route;
import dev.patchbay.server.identity.Companies;
import dev.patchbay.server.identity.Identity;
import dev.patchbay.server.identity.Users;
import dev.patchbay.server.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A real server on a free port with a fresh database, for tests:
///
///     try (TestServer server = TestServer.start()) {
///         TestUser agent = server.company("Acme").user(Role.AGENT);
///         List<…> calls = agent.http().get("/calls", Page.class);
///     }
///
/// The database is a [TestDatabase] (or a file with [Builder#inFolder]); it outlives [#restart]. The clock stands still
/// unless [Builder#realTime]. Rate limits are out of the way unless a test sets them.
public final class TestServer implements AutoCloseable {
    /// The password of every [TestUser].
    public static final String PASSWORD = "correct horse battery";

    private final Config config;
    private final SettableClock clock;
    private final boolean realTime;
    private final boolean ownFolder;
    private final boolean ownDatabase;
    private final @Nullable TestDatabase database;
    private final AtomicInteger names = new AtomicInteger();
    private PatchbayServer server;

    /// What differs from an ordinary test server.
    public static final class Builder {
        private final Map<Setting, String> settings = new HashMap<>();
        private @Nullable Path folder;
        private @Nullable TestDatabase database;
        private boolean realTime;

        public Builder with(Setting setting, String value) {
            settings.put(setting, value);
            return this;
        }

        /// Keeps the database in files of this folder.
        public Builder inFolder(Path chosen) {
            folder = chosen;
            return this;
        }

        /// A database that the test made, perhaps for several servers; the test drops it.
        public Builder on(TestDatabase chosen) {
            database = chosen;
            return this;
        }

        /// The system's clock in place of one that a test sets.
        public Builder realTime() {
            realTime = true;
            return this;
        }

        public TestServer start() {
            return new TestServer(this);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    public static TestServer start() {
        return builder().start();
    }

    private TestServer(Builder builder) {
        Path chosen = builder.folder;
        ownFolder = chosen == null;
        ownDatabase = builder.database == null;
        database = builder.database != null || chosen != null ? builder.database : TestDatabase.fresh();
        try {
            Path folder = chosen == null ? Files.createTempDirectory("patchbay-test") : chosen;
            Config made = Config.in(folder)
                    .with(Setting.PORT, "0")
                    .with(Setting.RATE_LIMIT_MAX_REQUESTS, "1000000")
                    .with(Setting.RATE_LIMIT_USER_PER_SECOND, "1000000")
                    .with(Setting.RATE_LIMIT_COMPANY_PER_SECOND, "1000000");
            if (database != null) {
                made = made.with(Setting.DATABASE_URL, database.url())
                        .with(Setting.DB_USER, database.user())
                        .with(Setting.DB_PASSWORD, database.password());
            }
            for (Map.Entry<Setting, String> setting : builder.settings.entrySet()) {
                made = made.with(setting.getKey(), setting.getValue());
            }
            config = made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        clock = new SettableClock(Instant.parse("2026-11-20T09:00:00Z"));
        realTime = builder.realTime;
        server = run(config);
    }

    private PatchbayServer run(Config with) {
        InstantSource time = realTime ? InstantSource.system() : clock;
        LongSupplier nanos = realTime ? System::nanoTime : clock::nanos;
        return PatchbayServer.start(with, time, nanos);
    }

    /// Where it serves.
    public URI url() {
        return server.url();
    }

    public Config config() {
        return config;
    }

    /// The server's time; without effect with [Builder#realTime].
    public SettableClock clock() {
        return clock;
    }

    public PatchbayServer server() {
        return server;
    }

    public Database database() {
        return server.database();
    }

    public Identity identity() {
        return server.identity();
    }

    public List<Route> routes() {
        return server.routes();
    }

    /// Stops and starts again with the same database, at the same port.
    public void restart() {
        pause().run();
    }

    /// Stops the server. What is returned starts it again with the same database, at the same port.
    public Runnable pause() {
        Config same = config.with(Setting.PORT, String.valueOf(url().getPort()));
        server.close();
        return () -> server = run(same);
    }

    /// A caller without a token.
    public TestHttp http() {
        return new TestHttp(url(), null);
    }

    /// A caller with a token of any kind.
    public TestHttp http(String token) {
        return new TestHttp(url(), token);
    }

    /// Founds a company in the region US.
    public TestCompany company(String name) {
        return company(name, "US");
    }

    public TestCompany company(String name, String region) {
        return new TestCompany(server.identity().companies().found(new Companies.NewCompany(name, null, region, null)));
    }

    /// A company of the test server.
    public final class TestCompany {
        private final CompanyView view;

        private TestCompany(CompanyView view) {
            this.view = view;
        }

        public CompanyView view() {
            return view;
        }

        public dev.patchbay.model.CompanyId id() {
            return view.id();
        }

        public String slug() {
            return view.slug();
        }

        /// A new user, signed in. Name and address are made from the role.
        public TestUser user(Role... roles) {
            int number = names.incrementAndGet();
            String name = roles[0].wire() + " " + number;
            return user(name, name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@" + slug() + ".test", roles);
        }

        public TestUser user(String name, String email, Role... roles) {
            UserView user = server.identity()
                    .users()
                    .create(
                            view.id(),
                            new Users.NewUser(
                                    name,
                                    email,
                                    PASSWORD,
                                    Arrays.stream(roles).collect(Collectors.toSet()),
                                    null,
                                    null));
            return new TestUser(TestServer.this, this, user, server.open(email));
        }
    }

    /// Somebody who is signed in.
    ///
    /// @param tokens of a session opened without asking for the password, which would cost a hash
    public record TestUser(TestServer server, TestCompany company, UserView view, Tokens tokens) {
        public dev.patchbay.model.UserId id() {
            return view.id();
        }

        public String email() {
            return view.email();
        }

        public String token() {
            return tokens.accessToken();
        }

        /// Asks as this user.
        public TestHttp http() {
            return server.http(tokens.accessToken());
        }

        /// The same user signed in anew: another session.
        public TestUser again() {
            return new TestUser(server, company, view, server.server().open(view.email()));
        }
    }

    @Override
    public void close() {
        server.close();
        if (ownDatabase && database != null) {
            database.drop();
        }
        if (ownFolder) {
            try (var files = Files.walk(config.folder())) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
