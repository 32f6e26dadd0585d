package dev.patchbay.desktop.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.EventType;
import dev.patchbay.model.Frame;
import dev.patchbay.model.Json;
import dev.patchbay.model.Me;
import dev.patchbay.model.Payload;
import dev.patchbay.model.Permission;
import dev.patchbay.model.Tokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One user's time at one server, from sign-in to sign-out.
public final class Session implements Commands, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Me me;
    private final RestClient rest;
    private final Api api;
    private final Keeper keeper;
    private final Credentials credentials;
    private final Executor screen;
    private final ThreadLoop loop = new ThreadLoop("session");
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final Stores stores;
    private final Snapshots snapshots;
    private final LiveLink link;
    private final Outbox outbox;
    private final Published<LiveState> live;
    private final List<Ear> ears = new CopyOnWriteArrayList<>();
    private boolean started;

    /// What becomes of the tokens.
    interface Keeper {
        void renewed(Tokens fresh);

        void over();
    }

    /// Hears the server, on the session's loop: for the softphone and the line.
    public interface Ear {
        /// The line is up.
        ///
        /// @param complete whether nothing was missed since it was up before
        void online(boolean complete);

        void happened(EventType type, Payload what);
    }

    Session(
            RestClient rest,
            Tokens tokens,
            String device,
            boolean takesCalls,
            ConsoleFolder folder,
            InstantSource clock,
            LiveLink.Timing timing,
            Executor screen,
            Keeper keeper) {
        this.me = tokens.user();
        this.rest = rest;
        this.api = new Api(rest);
        this.keeper = keeper;
        this.screen = screen;
        this.credentials = new Credentials(tokens, rest::renew, this::renewed, this::over, clock);
        rest.use(credentials);
        this.stores = new Stores(screen);
        this.snapshots = new Snapshots(api, stores, me);
        this.live = new Published<>(new LiveState.Connecting(clock.instant()), screen);
        this.link = new LiveLink(
                rest.server().live(),
                new Trust(rest.server().pin()),
                new LiveLink.Tickets() {
                    @Override
                    public String access() {
                        return credentials.access();
                    }

                    @Override
                    public String instead(String refused) {
                        return credentials.instead(refused);
                    }
                },
                new LiveLink.Passport(device, takesCalls && me.may(Permission.CALLS_TAKE), List.of()),
                timing,
                loop,
                this::inBackground,
                clock,
                new Listener());
        // One journal for each user at each server: what Ann wrote never goes out in Ben's name.
        String owner = UUID.nameUUIDFromBytes(
                        (rest.server().text() + " " + me.id()).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
        try {
            this.outbox = new Outbox(folder.file("outbox-" + owner + ".jsonl"), link, loop, screen, clock);
        } catch (RuntimeException e) {
            loop.close();
            background.shutdownNow();
            throw e;
        }
    }

    /// Opens the line. What listens should be there before.
    public void start() {
        if (!started) {
            started = true;
            link.start();
            renewInTime();
        }
    }

    public Me me() {
        return me;
    }

    public Stores stores() {
        return stores;
    }

    public Api api() {
        return api;
    }

    public Outbox outbox() {
        return outbox;
    }

    public ServerAddress server() {
        return rest.server();
    }

    /// How the line stands.
    public ReadOnlyObjectProperty<LiveState> live() {
        return live.property();
    }

    /// The thread of events and answers; the softphone and the line live there.
    public Loop loop() {
        return loop;
    }

    public Executor screen() {
        return screen;
    }

    /// Hears from now on.
    public Table.Registration hear(Ear ear) {
        ears.add(ear);
        return () -> ears.remove(ear);
    }

    /// Work that blocks, such as REST. After the session's end nothing is done any more.
    public void inBackground(Runnable work) {
        try {
            background.execute(() -> {
                try {
                    work.run();
                } catch (Exception e) { // the outermost frame; OkHttp also throws InterruptedException undeclared
                    if (background.isShutdown()) {
                        LOG.debug("work was under way when the session ended", e);
                    } else {
                        LOG.error("work in the background failed", e);
                    }
                }
            });
        } catch (RejectedExecutionException over) {
            LOG.trace("work came after the session's end", over);
        }
    }

    @Override
    public void ask(String type, Object data, Consumer<Answer> answer) {
        loop.execute(() -> askOnLoop(type, data, told -> screen.execute(() -> answer.accept(told))));
    }

    @Override
    public void keep(String type, Object data, Consumer<Answer> answer) {
        keep(type, data, "", answer);
    }

    /// As [#keep(String, Object, Consumer)], in place of an earlier change of the same topic that has not been sent.
    public void keep(String type, Object data, String topic, Consumer<Answer> answer) {
        String id = UUID.randomUUID().toString();
        JsonNode tree = Json.tree(data);
        loop.execute(() -> outbox.put(id, type, tree, topic, told -> screen.execute(() -> answer.accept(told))));
    }

    /// As [#ask], for callers on the loop: the answer comes there too.
    public void askOnLoop(String type, Object data, Consumer<Answer> answer) {
        link.ask(type, UUID.randomUUID().toString(), Json.tree(data), answer);
    }

    /// As [#keep], for callers on the loop.
    ///
    /// @return the change's id
    public String keepOnLoop(String type, Object data, String topic, Consumer<Answer> answer) {
        String id = UUID.randomUUID().toString();
        outbox.put(id, type, Json.tree(data), topic, answer);
        return id;
    }

    /// What is kept and on its way, oldest first; on the loop.
    public List<Change> keptOnLoop() {
        return outbox.waiting();
    }

    /// Sends as soon as there is a line, within a time; on the loop. For signalling.
    public void insistOnLoop(String type, Object data, Duration patience, Consumer<Answer> answer) {
        link.insist(type, UUID.randomUUID().toString(), Json.tree(data), patience, answer);
    }

    /// Loads the lists again, as after a failure that a person wants to see mended.
    public void reload() {
        inBackground(snapshots::load);
    }

    /// The network came back, or the machine woke: tries at once.
    public void hurry() {
        loop.execute(link::hurry);
    }

    /// Ends the session here and at the server, and forgets the tokens. What is kept stays on disk for the next time.
    /// Blocks.
    public void signOut() {
        try {
            api.logout(credentials.refreshToken());
        } catch (Refused | Unreachable e) {
            LOG.warn(
                    "the server could not be told of the sign-out; the tokens are forgotten here and end by themselves",
                    e);
        }
        keeper.over();
        close();
    }

    /// Ends the session here; the tokens stay for the next start.
    @Override
    public void close() {
        link.close();
        loop.execute(outbox::close);
        loop.close();
        background.shutdownNow();
        rest.close();
    }

    private void renewed(Tokens fresh) {
        keeper.renewed(fresh);
        loop.execute(() -> link.renew(fresh.accessToken()));
    }

    private void over(Refused why) {
        keeper.over();
        loop.execute(() -> link.signedOut(why.error().message()));
    }

    /// Keeps the token fresh while nobody asks by REST, so that the server need not cut the line.
    private void renewInTime() {
        loop.after(
                credentials.untilDue(),
                () -> inBackground(() -> {
                    try {
                        credentials.access();
                    } catch (Refused | Unreachable e) {
                        LOG.info("the sign-in was not renewed; tried again ({})", e.getMessage());
                    }
                    loop.execute(this::renewInTime);
                }));
    }

    private final class Listener implements LiveLink.Listener {
        @Override
        public void welcome(Frame.Welcome welcome, boolean complete) {
            if (!complete || !snapshots.complete()) {
                inBackground(snapshots::load);
            }
            ears.forEach(ear -> ear.online(complete));
            outbox.next();
        }

        @Override
        public void reset() {
            inBackground(snapshots::load);
            ears.forEach(ear -> ear.online(false));
        }

        @Override
        public void event(Frame.Event event) {
            EventType type = EventType.of(event.type()).orElse(null);
            if (type == null) {
                LOG.debug("{} is of a newer server and passed over", event.type());
                return;
            }
            Payload what = Json.convert(event.data(), type.payload());
            snapshots.apply(type, what);
            ears.forEach(ear -> ear.happened(type, what));
        }

        @Override
        public void state(LiveState now) {
            live.set(now);
            if (!(now instanceof LiveState.Online)) {
                outbox.offline();
            }
        }
    }
}
