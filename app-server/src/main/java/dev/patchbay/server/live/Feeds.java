package dev.patchbay.server.live;

import dev.patchbay.model.CompanyId;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The companies' feeds, of those who have had a client here, and the threads that read and send for all.
final class Feeds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);

    private final Database database;
    private final Duration pace;
    private final Map<CompanyId, Feed> byCompany = new ConcurrentHashMap<>();
    // Platform threads: what happens must not wait for a turn behind virtual threads that compute.
    private final ScheduledExecutorService readers = Executors.newScheduledThreadPool(
            2,
            Thread.ofPlatform()
                    .name("live-feed-", 0)
                    .priority(Thread.MAX_PRIORITY)
                    .daemon()
                    .factory());

    /// @param pace the least time between two reads of a company's log
    Feeds(Database database, Duration pace) {
        this.database = database;
        this.pace = pace;
    }

    Feed of(CompanyId company) {
        return byCompany.computeIfAbsent(company, id -> new Feed(id, database, readers, pace));
    }

    @Nullable
    Feed find(CompanyId company) {
        return byCompany.get(company);
    }

    /// Somebody committed; returns at once.
    void ring(CompanyId company, List<StoredEvent> events) {
        Feed feed = find(company);
        if (feed != null) {
            feed.ring(events);
        }
    }

    /// Looks whether a log is ahead of what was sent.
    void poll() {
        try {
            if (byCompany.isEmpty()) {
                return;
            }
            UUID[] known = byCompany.keySet().stream().map(CompanyId::value).toArray(UUID[]::new);
            database.acrossCompanies(handle -> handle.createQuery(
                                    "select company_id, seq from event_counter where company_id = any(:known)")
                            .bindArray("known", UUID.class, (Object[]) known)
                            .map((row, _) -> Map.entry(
                                    new CompanyId(row.getObject("company_id", UUID.class)), row.getLong("seq")))
                            .list())
                    .forEach(last -> {
                        Feed feed = find(last.getKey());
                        if (feed != null) {
                            feed.ringWhenBehind(last.getValue());
                        }
                    });
        } catch (RuntimeException e) {
            LOG.warn("the event log could not be polled; the next tick tries again", e);
        }
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
