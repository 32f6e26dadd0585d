package dev.patchbay.server.live;

import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the clients by the clock: deadlines, pings, tokens; and polls the log.
final class Caretaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);

    /// A tick looks after its clients in so many parts: five hundred pings or token checks at once would stand in the
    /// way of an event.
    static final int SLICES = 10;

    private final Set<Client> clients;
    private final Reception reception;
    private final Feeds feeds;
    private final Limits limits;
    private final AtomicBoolean checking = new AtomicBoolean();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("live-clock").daemon().factory());
    private final ExecutorService checks = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("live-check").daemon().factory());
    /// Used by the clock's thread only.
    private int slice;

    /// @param clients those who are here, at any time
    Caretaker(Set<Client> clients, Reception reception, Feeds feeds, Limits limits) {
        this.clients = clients;
        this.reception = reception;
        this.feeds = feeds;
        this.limits = limits;
    }

    void start() {
        long every = Math.max(1, limits.tick().toMillis() / SLICES);
        clock.scheduleAtFixedRate(this::tick, every, every, TimeUnit.MILLISECONDS);
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
                feeds.poll();
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
                    .forEach(reception::checkAgain);
        } finally {
            checking.set(false);
        }
    }

    /// Stops the clock; checks under way end by themselves.
    @Override
    public void close() {
        clock.shutdownNow();
        checks.shutdownNow();
    }
}
