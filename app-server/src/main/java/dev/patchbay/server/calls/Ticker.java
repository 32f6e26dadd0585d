package dev.patchbay.server.calls;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the [Reconciler] on a thread of its own, from start to close: deadlines at every tick, healing at every fourth.
public final class Ticker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final Reconciler reconciler;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    public Ticker(Reconciler reconciler, Duration every) {
        this.reconciler = reconciler;
        this.thread = Thread.ofPlatform().daemon().name("call-ticker").unstarted(() -> run(every));
    }

    /// Gives everybody time to come back. Called before the first client can come.
    public void recover() {
        reconciler.started();
    }

    public void start() {
        thread.start();
    }

    private void run(Duration every) {
        try {
            for (int count = 0; !closing.await(every.toMillis(), TimeUnit.MILLISECONDS); count++) {
                tick(count % 4 == 0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick(boolean heals) {
        try {
            reconciler.deadlines();
            if (heals) {
                reconciler.heal();
            }
        } catch (RuntimeException e) {
            // The outermost loop: deadlines are in the database, so that the next tick does what this one could not.
            LOG.warn("a tick failed; overdue calls and agents wait for the next one", e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        if (!thread.isAlive()) {
            return;
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
