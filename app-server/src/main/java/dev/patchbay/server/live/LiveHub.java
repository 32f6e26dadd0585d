package dev.patchbay.server.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.Frame;
import dev.patchbay.model.Json;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Authenticator;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.access.SessionEnded;
import dev.patchbay.server.live.socket.Handshake;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.StoredEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The WebSocket hub: `GET /live`.
///
/// Made once by the composition root, which adds the features' commands and listeners, installs it into Jetty's context
/// and closes it last. See the package for how events travel.
public final class LiveHub implements SessionEnded, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);
    private static final int CATCH_UP_PAGE = 200;
    private static final long CATCH_UP_WAIT_SECONDS = 10;

    /// A tick looks after its clients in so many parts: five hundred pings or token checks at once would stand in the
    /// way of an event.
    static final int SLICES = 10;

    /// The same resource under the prefix, its alias and bare.
    private static final Set<String> PATHS = Set.of("/live", "/api/live", "/api/v1/live");

    // Close codes: RFC 6455 section 7.4.1 and the IANA registry; 4000–4999 are the application's own.
    static final int UNSUPPORTED = 1003;
    static final int POLICY = 1008;
    static final int RESTARTING = 1012;
    static final int TRY_AGAIN = 1013;
    /// The sign-in ended or its token ran out: get a new token, then come again.
    public static final int SIGNED_OUT = 4001;
    /// The same user opened too many sockets; the oldest goes and must not come back by itself.
    public static final int TOO_MANY_SOCKETS = 4008;

    private record Ping() {}

    private final Database database;
    private final Authenticator authenticator;
    private final Doorbell doorbell;
    private final Limits limits;
    private final Commands commands;
    private final Presences presences;
    private final Map<CompanyId, Feed> feeds = new ConcurrentHashMap<>();
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    // A thousand clients that come back at once must not take every database connection from REST.
    private final Semaphore lane = new Semaphore(6, true);
    private final AtomicBoolean checking = new AtomicBoolean();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("live-clock").daemon().factory());
    // Platform threads: what happens must not wait for a turn behind virtual threads that compute.
    private final ScheduledExecutorService readers = Executors.newScheduledThreadPool(
            2,
            Thread.ofPlatform()
                    .name("live-feed-", 0)
                    .priority(Thread.MAX_PRIORITY)
                    .daemon()
                    .factory());
    private final ExecutorService checks = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("live-check").daemon().factory());
    private final Counter sent;
    private final Counter cut;
    /// Used by the clock's thread only.
    private int slice;

    private volatile Viewers viewers = _ -> Set.of();
    private volatile boolean open = true;

    public LiveHub(
            Database database, Authenticator authenticator, Doorbell doorbell, MeterRegistry meters, Limits limits) {
        this.database = database;
        this.authenticator = authenticator;
        this.limits = limits;
        this.commands = new Commands(database);
        this.presences = new Presences(limits.sockets());
        this.sent = Counter.builder("patchbay.live.frames")
                .description("Frames queued for clients")
                .register(meters);
        this.cut = Counter.builder("patchbay.live.cut")
                .description("Clients cut because they did not read")
                .register(meters);
        Gauge.builder("patchbay.live.clients", clients, Set::size)
                .description("Open live sockets")
                .register(meters);
        commands.add(LiveCommand.transientOf(
                "ping", Access.USER_OR_VISITOR, Ping.class, (_, _) -> Map.of("at", database.now())));
        this.doorbell = doorbell;
        doorbell.answer(new Doorbell.Ring() {
            @Override
            public void rung(CompanyId company, List<StoredEvent> events) {
                ring(company, events);
            }

            @Override
            public void look() {
                poll();
            }

            @Override
            public void heard(Word word) {
                follow(word);
            }
        });
        long slice = Math.max(1, limits.tick().toMillis() / SLICES);
        clock.scheduleAtFixedRate(this::tick, slice, slice, TimeUnit.MILLISECONDS);
    }

    /// Adds a feature's commands, before clients come.
    ///
    /// @throws IllegalArgumentException when two commands have the same type
    public LiveHub with(List<? extends LiveCommand<?>> more) {
        more.forEach(commands::add);
        return this;
    }

    /// What clients may send, by name.
    public List<LiveCommand<?>> commands() {
        return commands.all();
    }

    public LiveHub tell(Presence presence) {
        presences.tell(presence);
        return this;
    }

    /// Refuses a user's socket beyond the limit, in place of closing the oldest one.
    public void refuseOverflow() {
        presences.refuseOverflow();
    }

    public LiveHub viewers(Viewers known) {
        viewers = known;
        return this;
    }

    /// Serves the sockets from Jetty's context: `config.jetty.modifyServletContextHandler(hub::install)`.
    public void install(ServletContextHandler context) {
        context.insertHandler(
                new Handshake(PATHS, () -> new Client(this, limits), limits.frameBytes(), limits.outgoingFrames()));
    }

    /// Reads again what a company's users may see, after queues or roles changed; returns at once.
    public void refresh(CompanyId company) {
        said(new Word.MembersChanged(company));
    }

    /// Closes the sockets of a sign-in that was ended; returns at once.
    @Override
    public void ended(CompanyId company, UserId id, UUID session) {
        said(new Word.SessionEnded(company, id, session));
    }

    @Override
    public void accessChanged(CompanyId company, UserId user) {
        said(new Word.AccessChanged(company, user));
    }

    private void said(Word word) {
        follow(word);
        doorbell.tell(word);
    }

    /// Has the sockets here follow what was said here or at another node; returns at once.
    private void follow(Word word) {
        switch (word) {
            case Word.SessionEnded(CompanyId _, UserId _, UUID session) ->
                clients.stream()
                        .filter(client -> client.greeted() instanceof Client.Greeted who
                                && who.principal() instanceof Principal.User user
                                && user.session().equals(session))
                        .forEach(client -> client.close(SIGNED_OUT, "signed out"));
            case Word.AccessChanged(CompanyId _, UserId id) ->
                recheck(who -> who.principal() instanceof Principal.User user
                        && user.id().equals(id));
            case Word.MembersChanged(CompanyId company) ->
                recheck(who -> who.company().equals(company));
        }
    }

    private void recheck(Predicate<Client.Greeted> concerned) {
        Thread.ofVirtual().name("live-refresh").start(() -> clients.stream()
                .filter(client -> client.greeted() instanceof Client.Greeted who && concerned.test(who))
                .forEach(this::checkAgain));
    }

    /// Tells the listeners anew of everybody who is here.
    public void announce() {
        presences.announce();
    }

    /// Whether a user has a client here that can carry calls.
    public boolean takesCalls(UserId user) {
        return presences.of("user:" + user).stream().anyMatch(Client::takesCalls);
    }

    /// How many clients of each kind are here.
    public LiveStats stats() {
        return LiveStats.of(clients.stream().map(Client::greeted).toList(), (long) cut.count());
    }

    /// Takes no more clients and tells those who are here that the server goes (1012), so that they come back where
    /// another one is, or when this one is there again. Their listeners are not told: who comes back elsewhere has
    // not
    /// gone, and the others take over the rest.
    ///
    /// @param over the time over which they are told, and which this takes: all at once would come back all at once
    public void leave(Duration over) {
        open = false;
        List<Client> all = List.copyOf(clients);
        long pause = all.isEmpty() ? 0 : over.toNanos() / all.size();
        long begin = System.nanoTime();
        long next = begin;
        for (Client client : all) {
            client.close(RESTARTING, "the server restarts");
            next += pause;
            LockSupport.parkNanos(next - System.nanoTime());
        }
        LockSupport.parkNanos(begin + over.toNanos() - System.nanoTime());
        clients.forEach(client -> client.close(RESTARTING, "the server restarts"));
    }

    /// As [#leave], at once, and stops.
    @Override
    public void close() {
        leave(Duration.ZERO);
        clock.shutdownNow();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (!clients.isEmpty() && System.nanoTime() < end) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        doorbell.close();
        readers.shutdownNow();
        checks.shutdownNow();
    }

    void opened(Client client) {
        clients.add(client);
        if (!open) {
            client.close(RESTARTING, "the server restarts");
        }
    }

    /// The client is to be sent nothing more.
    void leaving(Client client) {
        Client.Greeted who = client.greeted();
        if (who != null) {
            Feed feed = feeds.get(who.company());
            if (feed != null) {
                feed.leave(client);
            }
        }
    }

    void closed(Client client, int code) {
        clients.remove(client);
        leaving(client);
        Client.Greeted who = client.greeted();
        if (who != null && open) {
            boolean goodbye = code == 1000 || code == 1001;
            Thread.ofVirtual().name("live-went").start(() -> presences.went(client, who.principal(), goodbye));
        }
    }

    void sent(int frames) {
        sent.increment(frames);
    }

    void cut() {
        cut.increment();
    }

    /// One frame of a client, on a virtual thread.
    void received(Client client, String text) throws InterruptedException {
        JsonNode frame;
        try {
            frame = Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            malformed(client, "This is no JSON.");
            return;
        }
        if (!frame.path("type").isTextual()) {
            malformed(client, "A frame is a JSON object with a type.");
            return;
        }
        String type = frame.path("type").textValue();
        Client.Greeted who = client.greeted();
        if (type.equals("hello")) {
            hello(client, frame, who);
        } else if (who == null) {
            malformed(client, "Say hello first.");
        } else if (!frame.path("id").isTextual()) {
            malformed(client, "A command has an id.");
        } else {
            command(client, who, new Frame.Command(type, frame.path("id").textValue(), frame.get("data")));
        }
    }

    private void malformed(Client client, String message) {
        client.send(new Frame.Refusal(null, ErrorBody.of("MALFORMED", message)));
        if (client.countMalformed()) {
            client.close(POLICY, "too many unreadable frames");
        }
    }

    private void command(Client client, Client.Greeted who, Frame.Command sentCommand) throws InterruptedException {
        lane.acquire();
        try {
            JsonNode data = sentCommand.type().equals("auth.renew")
                    ? renew(client, who, sentCommand)
                    : commands.run(who.principal(), who.company(), sentCommand);
            client.send(new Frame.Reply(sentCommand.id(), data));
        } catch (Refusal e) {
            client.send(new Frame.Refusal(sentCommand.id(), e.body()));
        } catch (RuntimeException e) {
            client.send(new Frame.Refusal(sentCommand.id(), unexpected(sentCommand.type(), e)));
        } finally {
            lane.release();
        }
    }

    private static ErrorBody unexpected(String doing, RuntimeException failure) {
        if (Database.isFull(failure)) {
            return Refusal.diskFull().body();
        }
        if (Database.isAway(failure)) {
            return Refusal.unavailable("The database is away. Try again in a moment.")
                    .body();
        }
        String id = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("{} failed, the client was told error {}", doing, id, failure);
        return ErrorBody.of("INTERNAL_ERROR", "Something went wrong on the server (" + id + ").");
    }

    private record Renew(String token) {}

    private JsonNode renew(Client client, Client.Greeted who, Frame.Command sentCommand) {
        String token = Commands.body(sentCommand.data(), Renew.class).token();
        Principal principal = authenticator.authenticate(token);
        if (!principal.key().equals(who.principal().key())) {
            throw Refusal.of(403, "FORBIDDEN", "The new token is somebody else's.");
        }
        client.become(greeted(principal, who.company(), token));
        return Json.tree(Map.of("at", database.now()));
    }

    private Client.Greeted greeted(Principal principal, CompanyId company, String token) {
        return new Client.Greeted(principal, company, token, Audiences.held(principal, viewers));
    }

    private void hello(Client client, JsonNode frame, Client.@Nullable Greeted before) throws InterruptedException {
        if (before != null) {
            malformed(client, "Hello is said once; auth.renew brings a new token.");
            return;
        }
        lane.acquire();
        try {
            Frame.Hello hello = Commands.body(frame, Frame.Hello.class);
            Principal principal = authenticator.authenticate(hello.token());
            CompanyId company =
                    switch (principal) {
                        case Principal.User user -> user.company();
                        case Principal.Visitor visitor -> visitor.company();
                        case Principal.Anonymous _ -> throw Refusal.unauthenticated();
                    };
            welcome(client, hello, greeted(principal, company, hello.token()));
        } catch (Refusal e) {
            client.send(new Frame.Refusal(null, e.body()));
            client.close(e.status() == 401 ? SIGNED_OUT : POLICY, e.body().code());
        } catch (RuntimeException e) {
            client.send(new Frame.Refusal(null, unexpected("hello", e)));
            client.close(TRY_AGAIN, "try again");
        } finally {
            lane.release();
        }
    }

    private void welcome(Client client, Frame.Hello hello, Client.Greeted who) {
        CompanyId company = who.company();
        long last = database.lastSeq(company);
        Long after = hello.after();
        boolean resumed = after != null && after <= last && (after == last || after + 1 >= oldest(company));
        long from = resumed && after != null ? after : last;
        client.sentUpTo(from);
        boolean takesCalls = Boolean.TRUE.equals(hello.takesCalls()) || who.principal() instanceof Principal.Visitor;
        client.greet(who, Topics.of(hello.topics()), takesCalls);
        client.send(new Frame.Welcome(
                who.principal() instanceof Principal.User user ? user.me() : null,
                company,
                last,
                resumed,
                database.now()));
        if (after != null && !resumed) {
            client.send(new Frame.Reset(last));
        }
        Feed feed = feeds.computeIfAbsent(company, id -> new Feed(id, database, readers, limits.pace()));
        Thread.ofVirtual().name("live-catch-up").start(() -> catchUp(client, feed, from));
        Thread.ofVirtual().name("live-came").start(() -> presences.came(client, who.principal()));
    }

    /// The oldest event that is kept; without any, nothing can be resumed.
    private long oldest(CompanyId company) {
        return database.acrossCompanies(
                handle -> handle.createQuery("select min(seq) from event where company_id = :company")
                        .bind("company", company.value())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(Long.MAX_VALUE));
    }

    /// Sends what a client missed, at the client's pace, until it has reached the feed.
    private void catchUp(Client client, Feed feed, long from) {
        long cursor = from;
        try {
            while (!client.isClosing()) {
                List<StoredEvent> events = eventsAfter(feed.company(), cursor);
                if (!events.isEmpty()) {
                    Page page = Page.of(events, ByteBuffer::allocate);
                    if (!client.offerAndWait(page, CATCH_UP_WAIT_SECONDS)) {
                        return;
                    }
                    cursor = page.last();
                }
                if (events.size() < CATCH_UP_PAGE && feed.join(client, cursor)) {
                    break;
                }
            }
            if (client.isClosing()) {
                feed.leave(client);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("a client could not be brought up to date; it is closed and comes again", e);
            client.close(TRY_AGAIN, "try again");
        }
    }

    private List<StoredEvent> eventsAfter(CompanyId company, long cursor) throws InterruptedException {
        lane.acquire();
        try {
            return database.eventsAfter(company, cursor, CATCH_UP_PAGE);
        } finally {
            lane.release();
        }
    }

    private void ring(CompanyId company, List<StoredEvent> events) {
        Feed feed = feeds.get(company);
        if (feed != null) {
            feed.ring(events);
        }
    }

    private void tick() {
        try {
            long now = System.nanoTime();
            slice = (slice + 1) % SLICES;
            for (Client client : clients) {
                if (client.slice() == slice) {
                    client.tick(now);
                }
            }
            boolean all = slice == 0;
            // The database may be slow or away: one look at a time, and never on the clock's thread.
            if (!checking.getAndSet(true)) {
                checks.execute(() -> check(now, all));
            }
        } catch (RuntimeException e) {
            LOG.warn("looking after the live clients failed; the next tick tries again", e);
        }
    }

    private void check(long now, boolean alsoLog) {
        try {
            if (alsoLog) {
                poll();
            }
            // Spread over the time between two checks: five hundred at once would be a burst of reads.
            long share = clients.size()
                            * limits.tick().toMillis()
                            / SLICES
                            / limits.recheck().toMillis()
                    + 1;
            clients.stream()
                    .filter(client -> client.dueForCheck(now))
                    .limit(share)
                    .forEach(this::checkAgain);
        } finally {
            checking.set(false);
        }
    }

    private void checkAgain(Client client) {
        Client.Greeted who = client.greeted();
        if (who == null || client.isClosing()) {
            return;
        }
        try {
            Principal principal = authenticator.authenticate(who.token());
            client.become(greeted(principal, who.company(), who.token()));
        } catch (Refusal e) {
            // A token that was renewed meanwhile is not this one.
            Client.Greeted now = client.greeted();
            if (now != null && now.token().equals(who.token())) {
                client.close(SIGNED_OUT, "signed out");
            }
        } catch (RuntimeException e) {
            LOG.warn("a live client's token could not be checked; it stays until the next check", e);
        }
    }

    private void poll() {
        try {
            if (feeds.isEmpty()) {
                return;
            }
            UUID[] known = feeds.keySet().stream().map(CompanyId::value).toArray(UUID[]::new);
            database.acrossCompanies(handle -> handle.createQuery(
                                    "select company_id, seq from event_counter where company_id = any(:known)")
                            .bindArray("known", UUID.class, (Object[]) known)
                            .map((row, _) -> Map.entry(
                                    new CompanyId(row.getObject("company_id", UUID.class)), row.getLong("seq")))
                            .list())
                    .forEach(last -> {
                        Feed feed = feeds.get(last.getKey());
                        if (feed != null) {
                            feed.ringWhenBehind(last.getValue());
                        }
                    });
        } catch (RuntimeException e) {
            LOG.warn("the event log could not be polled; the next tick tries again", e);
        }
    }
}
