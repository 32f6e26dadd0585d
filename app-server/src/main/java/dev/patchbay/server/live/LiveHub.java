package dev.patchbay.server.live;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Authenticator;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.SessionEnded;
import dev.patchbay.server.live.socket.Handshake;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.StoredEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/// The WebSocket hub: `GET /live`.
///
/// Made once by the composition root, which adds the features' commands and listeners, installs it into Jetty's context
/// and closes it last. See the package for how events travel.
public final class LiveHub implements SessionEnded, AutoCloseable {

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

    private final Doorbell doorbell;
    private final Limits limits;
    private final Commands commands;
    private final Presences presences;
    private final Feeds feeds;
    private final Reception reception;
    private final Caretaker caretaker;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Counter sent;
    private final Counter cut;
    private volatile boolean open = true;

    public LiveHub(
            Database database, Authenticator authenticator, Doorbell doorbell, MeterRegistry meters, Limits limits) {
        this.limits = limits;
        this.commands = new Commands(database);
        this.presences = new Presences(limits.sockets());
        this.feeds = new Feeds(database, limits.pace());
        this.reception = new Reception(database, authenticator, commands, presences, feeds);
        this.caretaker = new Caretaker(clients, reception, feeds, limits);
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
                feeds.ring(company, events);
            }

            @Override
            public void look() {
                feeds.poll();
            }

            @Override
            public void heard(Word word) {
                follow(word);
            }
        });
        caretaker.start();
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
        reception.viewers(known);
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
                .forEach(reception::checkAgain));
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
    /// not gone, and the others take over the rest.
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
        caretaker.close();
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
        feeds.close();
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
            Feed feed = feeds.find(who.company());
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

    /// One frame of a client, on a virtual thread.
    void received(Client client, String text) throws InterruptedException {
        reception.received(client, text);
    }

    void sent(int frames) {
        sent.increment(frames);
    }

    void cut() {
        cut.increment();
    }
}
