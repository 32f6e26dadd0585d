package dev.patchbay.server.live;

import dev.patchbay.server.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The doorbell of several nodes on one PostgreSQL: NOTIFY and LISTEN.
///
/// Commits ring in this process at once. One thread, `doorbell-notify`, rings at the other nodes: on a connection of
/// its
/// own, outside the transaction of what happened (inside, NOTIFY takes a lock of the whole database and commits became
/// eight times fewer), and once for all that was committed within 5 ms. A ring has no payload; a [Word] is one.
///
/// The other thread, `doorbell-listen`, listens first and then has the logs looked at, so that nothing falls between.
/// It speaks to the server every second: a backend that froze, or a line that broke silently, sounds like silence. A
/// connection that fails is made anew; meanwhile the hub's poll delivers.
public final class PostgresDoorbell implements Doorbell {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresDoorbell.class);
    private static final String CHANNEL = "patchbay";
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int HEARTBEAT_MILLIS = 1_000;
    private static final int RETRY_MILLIS = 250;
    /// A database that is away does not fill the memory with words; sockets are checked again anyway.
    private static final int MOST_WORDS = 1_000;

    private final Database database;
    private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>(MOST_WORDS);
    private final BlockingQueue<Boolean> rung = new LinkedBlockingQueue<>(1);
    private final Thread notifier =
            Thread.ofPlatform().daemon().name("doorbell-notify").unstarted(this::notifyOthers);
    private final Thread listener =
            Thread.ofPlatform().daemon().name("doorbell-listen").unstarted(this::listen);
    private volatile Ring ring = (_, _) -> {};
    private volatile @Nullable Connection listening;
    private volatile int notifierBackend;
    private volatile boolean open = true;

    public PostgresDoorbell(Database database) {
        this.database = database;
    }

    @Override
    public void answer(Ring answered) {
        ring = answered;
        database.onCommit((company, events) -> {
            answered.rung(company, events);
            rung.offer(true);
        });
        notifier.start();
        listener.start();
    }

    @Override
    public void tell(Word word) {
        if (!outgoing.offer(word.text())) {
            LOG.debug("too many words wait for the database; the other nodes will see it when they check");
        }
        rung.offer(true);
    }

    private void notifyOthers() {
        boolean pending = false;
        while (open) {
            try (Connection connection = database.aside("doorbell-notify", ANSWER);
                    Statement ring = connection.createStatement();
                    PreparedStatement say = connection.prepareStatement("select pg_notify('" + CHANNEL + "', ?)")) {
                notifierBackend = connection.unwrap(PGConnection.class).getBackendPID();
                long last = System.nanoTime() - PACE_NANOS;
                while (open) {
                    if (!pending) {
                        rung.take();
                        pending = true;
                    }
                    long rest = last + PACE_NANOS - System.nanoTime();
                    if (rest > 0) {
                        TimeUnit.NANOSECONDS.sleep(rest);
                    }
                    last = System.nanoTime();
                    rung.clear();
                    ring.execute("notify " + CHANNEL);
                    for (String word = outgoing.peek(); word != null; word = outgoing.peek()) {
                        say.setString(1, word);
                        say.execute();
                        outgoing.poll();
                    }
                    pending = false;
                }
            } catch (SQLException e) {
                LOG.debug("the other nodes cannot be rung; they poll", e);
                if (!rest()) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void listen() {
        boolean warned = false;
        while (open) {
            try (Connection connection = database.aside("doorbell-listen", ANSWER);
                    Statement statement = connection.createStatement()) {
                listening = connection;
                statement.execute("listen " + CHANNEL);
                if (warned) {
                    LOG.info("the other nodes are heard again");
                    warned = false;
                }
                look();
                hear(connection, statement);
            } catch (SQLException e) {
                if (open && !warned) {
                    warned = true;
                    LOG.warn("the other nodes are not heard ({}); the log is polled until they are", e.getMessage());
                }
            }
            if (!rest()) {
                return;
            }
        }
    }

    private void hear(Connection connection, Statement statement) throws SQLException {
        PGConnection notifications = connection.unwrap(PGConnection.class);
        while (open) {
            PGNotification[] heard = notifications.getNotifications(HEARTBEAT_MILLIS);
            if (heard == null || heard.length == 0) {
                statement.execute("select 1");
                continue;
            }
            boolean others = false;
            for (PGNotification one : heard) {
                if (one.getPID() != notifierBackend) {
                    others = true;
                    Word.parse(one.getParameter()).ifPresent(ring::heard);
                }
            }
            if (others) {
                look();
            }
        }
    }

    private void look() {
        try {
            ring.look();
        } catch (RuntimeException e) {
            LOG.debug("the logs could not be looked at; the next poll does", e);
        }
    }

    /// @return false when this is over
    private boolean rest() {
        try {
            Thread.sleep(RETRY_MILLIS);
            return open;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public void close() {
        open = false;
        List.of(notifier, listener).forEach(Thread::interrupt);
        Connection connection = listening;
        if (connection != null) {
            try {
                // A read from a socket does not hear the interrupt.
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("the listening connection was gone already", e);
            }
        }
        for (Thread thread : List.of(notifier, listener)) {
            try {
                thread.join(Duration.ofSeconds(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
