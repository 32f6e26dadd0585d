package dev.patchbay.server.live;

import dev.patchbay.model.CompanyId;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One company's events on their way to its clients: read once, written as a frame once, sent to all who may see them.
///
/// It is read from the cursor `position`, by one thread at a time, on the hub's platform threads: virtual threads take
/// no turns, and a password being hashed on one would hold up what happens. What was committed in this process comes
/// with the ring and is not read back, as long as its numbers follow the cursor without a gap; the log decides
/// otherwise. A client that catches up reads for itself and joins when it has reached that cursor; from then on it is
/// sent what comes. Each client carries the number of the last event it was considered for, so that neither a gap nor a
/// duplicate can come of the change-over.
final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final int PAGE = 500;
    private static final long NOBODY = -1;
    /// So many commits may wait with their events in memory; those beyond are read from the log.
    private static final int MOST_FRESH = 2_000;

    private final CompanyId company;
    private final Database database;
    private final long paceNanos;
    private final ScheduledExecutorService readers;
    /// Rings that are not yet answered; a reader is under way or ordered while there are any.
    private final AtomicInteger rings = new AtomicInteger();
    /// Whether a ring came without its events.
    private final AtomicBoolean look = new AtomicBoolean();
    private final Queue<StoredEvent> fresh = new ConcurrentLinkedQueue<>();
    /// Fresh events ahead of the cursor, by number; used by the one reader only.
    private final NavigableMap<Long, StoredEvent> ahead = new TreeMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    // Copied when one comes or goes: sending may find a client too slow, which then leaves in the middle of the round.
    private final List<Client> clients = new CopyOnWriteArrayList<>();
    /// Used under the lock.
    private final Slab slab = new Slab();
    private long position;
    private volatile long began;

    /// @param readers platform threads, shared with the other feeds
    Feed(CompanyId company, Database database, ScheduledExecutorService readers, Duration pace) {
        this.company = company;
        this.database = database;
        this.readers = readers;
        this.paceNanos = pace.toNanos();
        this.began = System.nanoTime() - paceNanos;
    }

    CompanyId company() {
        return company;
    }

    /// Somebody committed; returns at once, on any thread.
    ///
    /// @param events what was committed, or empty when it must be read
    void ring(List<StoredEvent> events) {
        if (events.isEmpty() || rings.get() >= MOST_FRESH) {
            look.set(true);
        } else {
            fresh.addAll(events);
        }
        if (rings.getAndIncrement() == 0) {
            order();
        }
    }

    private void ring() {
        ring(List.of());
    }

    /// Has the log read: at once, or under load when the pace allows.
    private void order() {
        long rest = Math.max(0, paceNanos - (System.nanoTime() - began));
        try {
            readers.schedule(this::read, rest, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the hub is closed: clients of company {} get the rest from the next server", company);
        }
    }

    /// Rings when the log is ahead of what was sent: the safety net for a doorbell that did not ring.
    void ringWhenBehind(long last) {
        lock.lock();
        try {
            if (!clients.isEmpty() && position < last) {
                ring();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Puts a client among those who are sent what comes.
    ///
    /// @param cursor the last event that the client has been considered for
    /// @return false when the feed is further than that: the client reads on and tries again
    boolean join(Client client, long cursor) {
        lock.lock();
        try {
            if (clients.isEmpty()) {
                position = cursor;
            } else if (cursor < position) {
                return false;
            }
            client.sentUpTo(cursor);
            clients.add(client);
        } finally {
            lock.unlock();
        }
        // A commit may have rung while nobody was here.
        ring();
        return true;
    }

    /// Without the lock: who finds a client too slow may be in the middle of sending, or on a thread that must not
    /// wait.
    void leave(Client client) {
        clients.remove(client);
    }

    private void read() {
        int answered = rings.get();
        began = System.nanoTime();
        try {
            deliver();
        } catch (RuntimeException e) {
            LOG.warn("events of company {} could not be read; the next poll tries again", company, e);
        }
        if (rings.addAndGet(-answered) > 0) {
            order();
        }
    }

    private void deliver() {
        boolean readLog = look.getAndSet(false);
        for (StoredEvent event = fresh.poll(); event != null; event = fresh.poll()) {
            ahead.put(event.seq(), event);
        }
        long from = cursor();
        if (from == NOBODY) {
            ahead.clear();
            return;
        }
        send(from, following(from));
        // A gap: the commit before is on its way here, and in the log already.
        if (readLog || !ahead.isEmpty()) {
            deliverFromLog();
            ahead.clear();
        }
    }

    /// Takes the fresh events that follow the cursor without a gap.
    private List<StoredEvent> following(long from) {
        ahead.headMap(from, true).clear();
        List<StoredEvent> run = new ArrayList<>();
        for (var next = ahead.firstEntry();
                next != null && next.getKey() == from + run.size() + 1;
                next = ahead.firstEntry()) {
            run.add(next.getValue());
            ahead.pollFirstEntry();
        }
        return run;
    }

    private void deliverFromLog() {
        List<StoredEvent> page;
        do {
            long from = cursor();
            if (from == NOBODY) {
                return;
            }
            page = database.eventsAfter(company, from, PAGE);
            send(from, page);
        } while (page.size() == PAGE);
    }

    private long cursor() {
        lock.lock();
        try {
            return clients.isEmpty() ? NOBODY : position;
        } finally {
            lock.unlock();
        }
    }

    private void send(long from, List<StoredEvent> events) {
        lock.lock();
        try {
            // When the last client left and another came, the page is of a time before it.
            if (position != from) {
                ring();
                return;
            }
            if (!events.isEmpty()) {
                Page page = Page.of(events, slab::room);
                for (Client client : clients) {
                    client.offer(page);
                }
                position = page.last();
            }
        } finally {
            lock.unlock();
        }
    }
}
