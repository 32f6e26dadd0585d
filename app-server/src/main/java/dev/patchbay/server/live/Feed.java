package dev.patchbay.server.live;

import dev.patchbay.model.CompanyId;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One company's events on their way to its clients: read once, written as a frame once, sent to all who may see them.
///
/// One virtual thread reads, from the cursor `position`. A client that catches up reads for itself and joins when it
/// has
/// reached that cursor; from then on it is sent what comes. Each client carries the number of the last event it was
/// considered for, so that neither a gap nor a duplicate can come of the change-over.
final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final int PAGE = 500;

    private final CompanyId company;
    private final Database database;
    private final long paceNanos;
    private final Thread reader;
    private final AtomicBoolean rung = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    // Copied when one comes or goes: sending may find a client too slow, which then leaves in the middle of the round.
    private final List<Client> clients = new CopyOnWriteArrayList<>();
    private long position;
    private volatile boolean open = true;

    Feed(CompanyId company, Database database, Duration pace) {
        this.company = company;
        this.database = database;
        this.paceNanos = pace.toNanos();
        this.reader = Thread.ofVirtual().name("live-" + company).unstarted(this::run);
    }

    void start() {
        reader.start();
    }

    CompanyId company() {
        return company;
    }

    /// Somebody committed; returns at once, on any thread.
    void ring() {
        if (!rung.getAndSet(true)) {
            LockSupport.unpark(reader);
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

    void leave(Client client) {
        lock.lock();
        try {
            clients.remove(client);
        } finally {
            lock.unlock();
        }
    }

    /// Ends the reader.
    void close() {
        open = false;
        LockSupport.unpark(reader);
    }

    private void run() {
        long began = System.nanoTime() - paceNanos;
        while (open) {
            if (!rung.get()) {
                LockSupport.park(this);
                continue;
            }
            long rest = paceNanos - (System.nanoTime() - began);
            if (rest > 0) {
                LockSupport.parkNanos(this, rest);
                continue;
            }
            began = System.nanoTime();
            rung.set(false);
            try {
                deliver();
            } catch (RuntimeException e) {
                LOG.warn("events of company {} could not be read; the next poll tries again", company, e);
            }
        }
    }

    private void deliver() {
        List<StoredEvent> page;
        do {
            long from;
            lock.lock();
            try {
                if (clients.isEmpty()) {
                    return;
                }
                from = position;
            } finally {
                lock.unlock();
            }
            page = database.eventsAfter(company, from, PAGE);
            send(from, page);
        } while (page.size() == PAGE);
    }

    private void send(long from, List<StoredEvent> page) {
        lock.lock();
        try {
            // When the last client left and another came, the page is of a time before it.
            if (position != from) {
                ring();
                return;
            }
            for (StoredEvent event : page) {
                OutgoingEvent outgoing = OutgoingEvent.of(event);
                for (Client client : clients) {
                    client.offer(outgoing);
                }
                position = event.seq();
            }
        } finally {
            lock.unlock();
        }
    }
}
