package dev.patchbay.server.leads;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Json;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells programs that LISTEN to `combined_leads_change` what Patchbay itself changed.
///
/// One thread sends, after the commits and for many at once: NOTIFY inside them would take a lock of the whole
/// database.
/// Not promised: a notice of what was committed just before a crash. A listener that must miss nothing reads the table.
final class LeadNotices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeadNotices.class);
    /// While the database is away; those beyond are dropped.
    private static final int MOST = 10_000;

    private final Database database;
    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(MOST);
    private final Thread sender =
            Thread.ofPlatform().daemon().name("lead-notices").unstarted(this::run);

    LeadNotices(Database database) {
        this.database = database;
    }

    void start() {
        database.onCommit(this::committed);
        sender.start();
    }

    private void committed(CompanyId company, List<StoredEvent> events) {
        if (OutsideLeads.TELLING.isBound()) {
            return;
        }
        for (StoredEvent event : events) {
            if (event.type().startsWith("lead.") && !waiting.offer(notice(company, event))) {
                LOG.debug("too many notices of leads wait; this one is not sent");
            }
        }
    }

    private static String notice(CompanyId company, StoredEvent event) {
        String op =
                switch (event.type()) {
                    case "lead.created" -> "INSERT";
                    case "lead.deleted" -> "DELETE";
                    default -> "UPDATE";
                };
        return "{\"op\":\"%s\",\"id\":\"%s\",\"company\":\"%s\",\"version\":%d}"
                .formatted(op, event.subject(), company, version(event));
    }

    private static long version(StoredEvent event) {
        try {
            return Json.MAPPER.readTree(event.payload()).at("/lead/version").asLong();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event's payload is no JSON", e);
        }
    }

    private void run() {
        try {
            while (true) {
                List<String> batch = new ArrayList<>(List.of(waiting.take()));
                waiting.drainTo(batch, 500);
                send(batch);
            }
        } catch (InterruptedException e) {
            LOG.debug("no more notices of leads are sent");
        }
    }

    private void send(List<String> batch) {
        try {
            database.acrossCompanies(handle -> handle.createQuery("""
                            select count(pg_notify('combined_leads_change', notice))
                            from jsonb_array_elements_text(cast(:batch as jsonb)) as notice
                            """)
                    .bindMap(Map.of("batch", Json.write(batch)))
                    .mapTo(Long.class)
                    .one());
        } catch (RuntimeException e) {
            LOG.debug("{} notices of leads could not be sent", batch.size(), e);
        }
    }

    @Override
    public void close() {
        sender.interrupt();
        if (!sender.isAlive()) {
            return;
        }
        try {
            sender.join(Duration.ofSeconds(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
