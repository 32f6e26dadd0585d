package dev.patchbay.server.live;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Json;
import dev.patchbay.server.access.Principal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One socket of `/live`. Public only because Jetty calls it.
///
/// A frame is read when the one before it is done with (Jetty's demand), so commands of one socket run one after the
/// other and a client that floods is slowed by TCP. Sending never blocks; when more frames wait than allowed the client
/// is cut.
public final class Client implements Session.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Client.class);

    private static final Duration LOST_CALLER = Duration.ofSeconds(12);

    /// Who a client is, once it has said hello.
    ///
    /// @param token kept to be checked again; never logged
    /// @param tokens the audience tokens it holds
    record Greeted(Principal principal, CompanyId company, String token, Set<String> tokens) {}

    private final LiveHub hub;
    private final Limits limits;
    private final int slice = ThreadLocalRandom.current().nextInt(LiveHub.SLICES);
    private final long openedAt = System.nanoTime();
    private final AtomicBoolean gone = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final org.eclipse.jetty.util.Callback failing =
            org.eclipse.jetty.util.Callback.from(() -> {}, this::sendFailed);
    private volatile @Nullable Session session;
    private volatile @Nullable Greeted greeted;
    private volatile Topics topics = Topics.of(null);
    private volatile boolean takesCalls;
    private volatile long cursor;
    private volatile long heardAt = openedAt;
    private volatile long checkedAt = openedAt;
    // Clients that came together are not pinged together.
    private volatile long pingedAt;
    private volatile long closingAt;
    private int malformed;
    private double allowance;
    private long allowedAt = openedAt;

    Client(LiveHub hub, Limits limits) {
        this.hub = hub;
        this.limits = limits;
        this.allowance = limits.burst();
        this.pingedAt =
                openedAt - ThreadLocalRandom.current().nextLong(limits.ping().toNanos());
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        opened.setMaxOutgoingFrames(limits.outgoingFrames());
        hub.opened(this);
        opened.demand();
    }

    @Override
    public void onWebSocketText(String text) {
        heardAt = System.nanoTime();
        Thread.ofVirtual().name("live-command").start(() -> {
            try {
                hub.received(this, text);
                throttle();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                demand();
            }
        });
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        close(LiveHub.UNSUPPORTED, "frames are JSON text");
        demand();
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        heardAt = System.nanoTime();
        demand();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.debug("a live socket failed and is gone", cause);
    }

    @Override
    public void onWebSocketClose(int code, @Nullable String reason) {
        if (!gone.getAndSet(true)) {
            hub.closed(this, code);
        }
    }

    private void demand() {
        Session opened = session;
        if (opened != null && opened.isOpen()) {
            opened.demand();
        }
    }

    /// A token bucket: waits until the client may send again.
    private void throttle() throws InterruptedException {
        long now = System.nanoTime();
        double earned = (now - allowedAt) / 1e9 * limits.commandsPerSecond();
        allowedAt = now;
        allowance = Math.min(limits.burst(), allowance + earned) - 1;
        if (allowance < 0) {
            TimeUnit.NANOSECONDS.sleep((long) (-allowance / limits.commandsPerSecond() * 1e9));
        }
    }

    /// Sends what this client may see and has not been considered for. Called under the feed's lock, never blocks.
    void offer(OutgoingEvent event) {
        if (event.seq() <= cursor) {
            return;
        }
        cursor = event.seq();
        if (sees(event)) {
            send(event.frame());
        }
    }

    boolean sees(OutgoingEvent event) {
        Greeted known = greeted;
        return known != null && topics.take(event.type()) && event.audience().reaches(known.tokens());
    }

    void send(Object frame) {
        send(ByteBuffer.wrap(Json.write(frame).getBytes(StandardCharsets.UTF_8)));
    }

    /// Queues a frame; a client with too many waiting is cut.
    ///
    /// @param frame text in UTF-8; others may be sent the same buffer at the same time
    void send(ByteBuffer frame) {
        Session opened = session;
        if (opened != null && !closing.get()) {
            hub.sent();
            sendText(opened, frame, failing);
        }
    }

    /// Past [Session#sendText(String, Callback)], which encodes the text anew for each client.
    private static void sendText(Session opened, ByteBuffer utf8, org.eclipse.jetty.util.Callback callback) {
        ((WebSocketSession) opened)
                .getCoreSession()
                .sendFrame(new Frame(OpCode.TEXT, true, utf8.duplicate()), callback, false);
    }

    /// Sends a frame and waits until it has left, so that a long catch-up goes at the client's pace.
    ///
    /// @return false when it did not leave in time, or the client is gone
    boolean sendAndWait(ByteBuffer frame, long seconds) throws InterruptedException {
        Session opened = session;
        if (opened == null || closing.get()) {
            return false;
        }
        CompletableFuture<Boolean> left = new CompletableFuture<>();
        hub.sent();
        sendText(
                opened,
                frame,
                org.eclipse.jetty.util.Callback.from(() -> left.complete(true), left::completeExceptionally));
        try {
            return left.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            cut();
            return false;
        }
    }

    private void sendFailed(Throwable cause) {
        Session opened = session;
        if (opened != null && opened.isOpen() && !closing.get()) {
            LOG.debug("a client does not read; it is cut and comes back by resume", cause);
            cut();
        }
    }

    /// Closes a client that does not read (1013: try again later).
    void cut() {
        Session opened = session;
        if (opened != null && !closing.get()) {
            hub.cut();
            // The close frame goes behind what waits already; nothing else is queued from here on.
            opened.setMaxOutgoingFrames(-1);
            close(LiveHub.TRY_AGAIN, "too slow");
        }
    }

    /// Says why and closes; the hub disconnects a client that does not answer the close.
    void close(int code, String reason) {
        Session opened = session;
        if (opened == null || closing.getAndSet(true)) {
            return;
        }
        closingAt = System.nanoTime();
        hub.leaving(this);
        opened.close(code, reason, Callback.from(() -> {}, _ -> opened.disconnect()));
    }

    /// In which part of a tick this client has its turn.
    int slice() {
        return slice;
    }

    /// Looks after this client: called by the hub's clock about every second, never blocks.
    void tick(long now) {
        Session opened = session;
        if (opened == null) {
            return;
        }
        if (closing.get()) {
            if (now - closingAt > TimeUnit.SECONDS.toNanos(3)) {
                opened.disconnect();
            }
        } else if (greeted == null && now - openedAt > limits.hello().toNanos()) {
            close(LiveHub.POLICY, "no hello in time");
        } else if (now - heardAt > silence()) {
            opened.disconnect();
        } else if (now - pingedAt > limits.ping().toNanos()) {
            pingedAt = now;
            opened.sendPing(ByteBuffer.allocate(0), Callback.from(() -> {}, this::sendFailed));
        }
    }

    /// A call must not ring at a console that vanished: who carries calls is given up sooner than others.
    private long silence() {
        long usual = limits.silence().toNanos();
        return takesCalls ? Math.min(usual, LOST_CALLER.toNanos()) : usual;
    }

    boolean dueForCheck(long now) {
        return greeted != null
                && !closing.get()
                && now - checkedAt > limits.recheck().toNanos();
    }

    void greet(Greeted who, Topics asked, boolean takesCalls) {
        this.topics = asked;
        this.takesCalls = takesCalls;
        become(who);
    }

    void become(Greeted who) {
        checkedAt = System.nanoTime();
        greeted = who;
    }

    @Nullable
    Greeted greeted() {
        return greeted;
    }

    boolean takesCalls() {
        return takesCalls && !closing.get();
    }

    boolean isGone() {
        return gone.get();
    }

    boolean isClosing() {
        return closing.get() || gone.get();
    }

    void sentUpTo(long seq) {
        cursor = seq;
    }

    /// Every event up to this number that the client may see has been queued for it.
    long cursor() {
        return cursor;
    }

    /// Counts an unreadable frame.
    ///
    /// @return whether the client has sent too many of them
    boolean countMalformed() {
        malformed++;
        return malformed >= limits.malformed();
    }
}
