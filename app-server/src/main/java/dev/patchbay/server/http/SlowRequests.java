package dev.patchbay.server.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cuts connections whose request's head does not arrive in time ("slowloris").
///
/// The idle time-out does not: one byte every few seconds satisfies it for ever. Bodies have their own limit, in
/// [Exchange]. One daemon thread looks twice a second.
final class SlowRequests implements Connection.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlowRequests.class);

    private static final class Watched {
        private final long openedAt = System.nanoTime();
        private volatile boolean busy;
        private volatile boolean served;
        private volatile long bytes;
        /// When a look first saw part of a request; 0 for none.
        private volatile long partSince;
    }

    private final Map<Connection, Watched> connections = new ConcurrentHashMap<>();
    private final long limit;
    private final Counter cut;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("slow-requests").daemon().factory());

    /// @param limit how long the head of a request may take
    SlowRequests(Duration limit, MeterRegistry meters) {
        this.limit = limit.toNanos();
        this.cut = Counter.builder("http.server.slow.cut")
                .description("Connections cut because a request's head did not arrive in time")
                .register(meters);
        clock.scheduleWithFixedDelay(this::look, 500, 500, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        // What speaks HTTP is watched: neither the TLS connection that carries it nor a socket that it became.
        if (connection instanceof ConnectionMetaData) {
            connections.put(connection, new Watched());
        }
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    /// The head of a request is complete.
    void begins(Connection connection) {
        Watched watched = connections.get(connection);
        if (watched != null) {
            watched.busy = true;
            watched.served = true;
        }
    }

    /// The answer is sent.
    void ends(@Nullable Connection connection) {
        Watched watched = connection == null ? null : connections.get(connection);
        if (watched != null && connection != null) {
            watched.bytes = connection.getBytesIn();
            watched.partSince = 0;
            watched.busy = false;
        }
    }

    private void look() {
        try {
            long now = System.nanoTime();
            connections.forEach((connection, watched) -> {
                if (!watched.busy && tooSlow(connection, watched, now)) {
                    LOG.debug("a connection is cut: its request does not arrive");
                    cut.increment();
                    connection.getEndPoint().close();
                }
            });
        } catch (RuntimeException e) {
            LOG.warn("looking for slow requests failed; the next look tries again", e);
        }
    }

    private boolean tooSlow(Connection connection, Watched watched, long now) {
        // Browsers open connections in advance: silence alone is no offence until the idle time-out.
        boolean never = !watched.served && now - watched.openedAt > Math.max(limit, TimeUnit.SECONDS.toNanos(30));
        if (connection.getBytesIn() <= watched.bytes) {
            return never;
        }
        if (watched.partSince == 0) {
            watched.partSince = now;
        }
        return never || now - watched.partSince > limit;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
