package dev.patchbay.server.nodes;

import dev.patchbay.model.Id;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This server among those that run on the same database. Thread-safe.
///
/// A node that stood still (a machine that slept, a database that was away) may find that the others have given it up:
/// it comes back under its id and tells whom it has on the line.
public final class Nodes implements AutoCloseable {
    static final Duration BEAT = Duration.ofSeconds(2);
    /// A node that has not been heard of for this long is no more.
    static final Duration LEASE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
    private static final String ALIVE = "beat_at > current_timestamp - interval '10' second";

    private final Database database;
    private final LongSupplier nanos;
    private final UUID self = Id.next();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("node-beat").daemon().factory());
    private volatile String name = "";
    private volatile String address = "";
    private volatile boolean joined;
    private volatile IntSupplier sockets = () -> 0;
    // Used by the beat's thread only.
    private long steadySince;
    private long lastBeat;

    /// A server, as administrators see it.
    ///
    /// @param sockets its live sockets as of the last beat
    public record Node(
            UUID id, String name, String address, Instant startedAt, Instant beatAt, int sockets, boolean self) {
        /// A name that two nodes of one machine do not share.
        public String label() {
            return name + " " + id.toString().substring(id.toString().length() - 6);
        }
    }

    public Nodes(Database database) {
        this(database, System::nanoTime);
    }

    Nodes(Database database, LongSupplier nanos) {
        this.database = database;
        this.nanos = nanos;
    }

    public UUID self() {
        return self;
    }

    /// Says for the first time that this server is there.
    ///
    /// @return whether it is alone: the others, if there were any, are no more
    public boolean join(String hostName) {
        name = hostName;
        joined = true;
        return database.acrossCompanies(handle -> {
            if (database.dialect() == Dialect.H2) {
                // Two servers cannot open one H2 file: whoever is written here died.
                handle.execute("delete from node");
            }
            insert(handle);
            return others(handle) == 0;
        });
    }

    /// Tells the others with each beat how many live sockets are here.
    public void tellSockets(IntSupplier open) {
        sockets = open;
    }

    /// Whether another node runs; no when the database cannot tell.
    public boolean othersRun() {
        try {
            return database.acrossCompanies(Nodes.this::others) > 0;
        } catch (RuntimeException e) {
            return false;
        }
    }

    public List<Node> running() {
        return database.acrossCompanies(handle -> handle.createQuery(
                        "select id, name, address, started_at, beat_at, sockets from node where " + ALIVE
                                + " order by started_at")
                .map((row, context) -> new Node(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("address"),
                        row.getObject("started_at", java.time.OffsetDateTime.class)
                                .toInstant(),
                        row.getObject("beat_at", java.time.OffsetDateTime.class).toInstant(),
                        row.getInt("sockets"),
                        row.getObject("id", UUID.class).equals(self)))
                .list());
    }

    /// Begins to say so every two seconds.
    ///
    /// @param servedAt where this node serves
    /// @param lookForLost takes over what nodes left that are in the table no more; may block
    /// @param returned tells anew whom this node has on the line, after the others gave it up
    public void start(String servedAt, Runnable lookForLost, Runnable returned) {
        address = servedAt;
        lastBeat = nanos.getAsLong();
        steadySince = lastBeat;
        clock.scheduleWithFixedDelay(
                () -> beatQuietly(lookForLost, returned), 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beatQuietly(Runnable lookForLost, Runnable returned) {
        try {
            if (!beat()) {
                LOG.warn("the other nodes had given this one up; it tells them again who is on the line here");
                returned.run();
            }
            long now = nanos.getAsLong();
            if (now - lastBeat > LEASE.toNanos()) {
                steadySince = now;
            }
            lastBeat = now;
            // Whoever stood still itself, or waited for the database, cannot say who else did.
            if (now - steadySince >= LEASE.toNanos()) {
                giveUpLost();
            }
            lookForLost.run();
        } catch (RuntimeException e) {
            LOG.debug("this node could not say that it is there; tried again in {}", BEAT, e);
        }
    }

    /// @return whether this node was still known
    private boolean beat() {
        return database.acrossCompanies(handle -> {
            int known = handle.createUpdate(
                            "update node set beat_at = current_timestamp, address = :address, sockets = :sockets where id = :id")
                    .bind("sockets", sockets.getAsInt())
                    .bind("address", address)
                    .bind("id", self)
                    .execute();
            if (known == 0) {
                insert(handle);
            }
            return known == 1;
        });
    }

    private void giveUpLost() {
        int lost = database.acrossCompanies(handle -> handle.createUpdate("delete from node where not (" + ALIVE + ")")
                .execute());
        if (lost > 0) {
            LOG.warn("{} other node(s) have not been heard of for {}; what they had is taken over", lost, LEASE);
        }
    }

    private void insert(Handle handle) {
        handle.createUpdate("""
                        insert into node (id, name, address, started_at, beat_at)
                        values (:id, :name, :address, current_timestamp, current_timestamp)
                        """)
                .bind("id", self)
                .bind("name", name)
                .bind("address", address)
                .execute();
    }

    private long others(Handle handle) {
        return handle.createQuery("select count(*) from node where id <> :self and " + ALIVE)
                .bind("self", self)
                .mapTo(Long.class)
                .one();
    }

    /// Says that this node goes, so that the others take over at once.
    @Override
    public void close() {
        clock.shutdownNow();
        try {
            if (!clock.awaitTermination(3, TimeUnit.SECONDS)) {
                LOG.debug("a beat is still waiting for the database");
            }
            if (joined) {
                database.acrossCompanies(handle -> handle.createUpdate("delete from node where id = :id")
                        .bind("id", self)
                        .execute());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.debug("the others will notice in {} that this node is gone", LEASE, e);
        }
    }
}
