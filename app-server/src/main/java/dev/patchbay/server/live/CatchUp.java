package dev.patchbay.server.live;

import dev.patchbay.model.CompanyId;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.StoredEvent;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a client from the event it saw last to its company's feed, on a virtual thread of its own.
final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final int PAGE = 200;
    private static final long WAIT_SECONDS = 10;

    private final Database database;
    private final Semaphore lane;

    /// @param lane to the database, shared with the commands
    CatchUp(Database database, Semaphore lane) {
        this.database = database;
        this.lane = lane;
    }

    /// Starts; returns at once.
    void start(Client client, Feed feed, long from) {
        Thread.ofVirtual().name("live-catch-up").start(() -> run(client, feed, from));
    }

    /// Sends what a client missed, at the client's pace, until it has reached the feed.
    private void run(Client client, Feed feed, long from) {
        long cursor = from;
        try {
            while (!client.isClosing()) {
                List<StoredEvent> events = eventsAfter(feed.company(), cursor);
                if (!events.isEmpty()) {
                    Page page = Page.of(events, ByteBuffer::allocate);
                    if (!client.offerAndWait(page, WAIT_SECONDS)) {
                        return;
                    }
                    cursor = page.last();
                }
                if (events.size() < PAGE && feed.join(client, cursor)) {
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
            client.close(LiveHub.TRY_AGAIN, "try again");
        }
    }

    private List<StoredEvent> eventsAfter(CompanyId company, long cursor) throws InterruptedException {
        lane.acquire();
        try {
            return database.eventsAfter(company, cursor, PAGE);
        } finally {
            lane.release();
        }
    }
}
