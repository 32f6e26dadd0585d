package dev.patchbay.server.live;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Json;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.live.socket.Conversation;
import dev.patchbay.server.live.socket.Frames;
import dev.patchbay.server.live.socket.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One socket of `/live`.
///
/// A frame is read when the one before it is done with, so commands of one socket run one after the other and a client
/// that floods is slowed by TCP. Sending never blocks; when more frames wait than allowed the client is cut.
final class Client implements Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Client.class);

    private static final Duration LOST_CALLER = Duration.ofSeconds(12);

    /// Who a client is, once it has said hello.
    ///
    /// @param token kept to be checked again; never logged
    /// @param tokens the audience tokens it holds
    record Greeted(Principal principal, CompanyId company, String token, Set<String> tokens) {}

    private final LiveHub hub;
    private final Limits limits;
    private final int slice = ThreadLocalRandom.current().nextInt(Caretaker.SLICES);
    private final long openedAt = System.nanoTime();
    private final AtomicBoolean gone = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile @Nullable WebSocket socket;
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
    public void opened(WebSocket opened) {
        socket = opened;
        hub.opened(this);
    }

    @Override
    public void text(String message) {
        heardAt = System.nanoTime();
        Thread.ofVirtual().name("live-command").start(() -> {
            try {
                hub.received(this, message);
                throttle();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                WebSocket opened = socket;
                if (opened != null) {
                    opened.resume();
                }
            }
        });
    }

    @Override
    public void binary() {
        close(LiveHub.UNSUPPORTED, "frames are JSON text");
    }

    @Override
    public void alive() {
        heardAt = System.nanoTime();
    }

    @Override
    public void closed(int code) {
        if (!gone.getAndSet(true)) {
            hub.closed(this, code);
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

    /// Sends what this client may see and has not been considered for. Never blocks; one thread at a time.
    void offer(Page page) {
        WebSocket opened = socket;
        if (opened == null || isClosing()) {
            return;
        }
        long considered = cursor;
        int start = 0;
        int end = 0;
        int count = 0;
        for (Page.Entry entry : page.entries()) {
            if (entry.seq() > considered && sees(entry)) {
                start = count == 0 ? entry.start() : start;
                end = entry.end();
                count++;
            } else if (count > 0) {
                send(opened, page.slice(start, end), count);
                count = 0;
            }
        }
        if (count > 0) {
            send(opened, page.slice(start, end), count);
        }
        cursor = Math.max(considered, page.last());
    }

    /// Sends what this client may see of a page and waits until it has left, so that a long catch-up goes at the
    /// client's pace.
    ///
    /// @return false when it did not leave in time, or the client is gone
    boolean offerAndWait(Page page, long seconds) throws InterruptedException {
        offer(page);
        WebSocket opened = socket;
        if (opened == null || isClosing()) {
            return false;
        }
        if (!opened.awaitEmpty(seconds)) {
            cut();
            return false;
        }
        return true;
    }

    private boolean sees(Page.Entry entry) {
        Greeted known = greeted;
        return known != null && topics.take(entry.thing()) && entry.audience().reaches(known.tokens());
    }

    void send(Object frame) {
        WebSocket opened = socket;
        if (opened != null && !closing.get()) {
            send(opened, Frames.text(Json.write(frame)), 1);
        }
    }

    /// Queues frames; a client with too many waiting is cut.
    private void send(WebSocket opened, ByteBuffer frames, int count) {
        hub.sent(count);
        if (!opened.send(frames, count)) {
            LOG.debug("a client does not read; it is cut and comes back by resume");
            cut();
        }
    }

    /// Closes a client that does not read (1013: try again later).
    void cut() {
        if (socket != null && !closing.get()) {
            hub.cut();
            close(LiveHub.TRY_AGAIN, "too slow");
        }
    }

    /// Says why and closes, behind what waits already; the hub disconnects a client that does not answer the close.
    void close(int code, String reason) {
        WebSocket opened = socket;
        if (opened == null || closing.getAndSet(true)) {
            return;
        }
        closingAt = System.nanoTime();
        hub.leaving(this);
        opened.close(code, reason);
    }

    /// In which part of a tick this client has its turn.
    int slice() {
        return slice;
    }

    /// Looks after this client: called by the hub's clock about every second, never blocks.
    void tick(long now) {
        WebSocket opened = socket;
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
            opened.ping();
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
