package dev.patchbay.server.calls;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the [Reconciler] once a second on a thread of its own, from start to close.
public final class Ticker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final Reconciler reconciler;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    public Ticker(Reconciler reconciler, Duration every) {
        this.reconciler = reconciler;
        this.thread = Thread.ofPlatform().daemon().name("call-ticker").unstarted(() -> run(every));
    }

    /// Gives everybody time to come back, then begins to tick.
    public void start() {
        reconciler.started();
        thread.start();
    }

    private void run(Duration every) {
        try {
            while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        try {
            reconciler.tick();
        } catch (RuntimeException e) {
            // The outermost loop: deadlines are in the database, so that the next tick does what this one could not.
            LOG.warn("a tick failed; overdue calls and agents wait for the next one", e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
