package dev.patchbay.server.calls;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the [Reconciler] on a thread of its own, from start to close: deadlines at every tick, healing at every fourth.
///
/// Deadlines are times of day, because they outlive the process. What a clock that is set would do to them it undoes:
/// it compares the time of day with a monotonic one.
public final class Ticker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    /// Time servers correct less than this without a step.
    private static final Duration STEP = Duration.ofSeconds(5);

    private final Reconciler reconciler;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private Instant wall;
    private long ticks;
    private boolean suspicious;

    /// @param nanos a monotonic time in nanoseconds
    public Ticker(Reconciler reconciler, InstantSource clock, LongSupplier nanos, Duration every) {
        this.reconciler = reconciler;
        this.clock = clock;
        this.nanos = nanos;
        this.wall = clock.instant();
        this.ticks = nanos.getAsLong();
        this.thread = Thread.ofPlatform().daemon().name("call-ticker").unstarted(() -> run(every));
    }

    /// Gives everybody time to come back. Called before the first client can come, when no other node runs.
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
            if (!clockIsSteady()) {
                return;
            }
            reconciler.deadlines();
            if (heals) {
                reconciler.heal();
            }
        } catch (RuntimeException e) {
            // The outermost loop: deadlines are in the database, so that the next tick does what this one could not.
            LOG.warn("a tick failed; overdue calls and agents wait for the next one", e);
        }
    }

    /// A step must still be there at the next tick: the two times cannot be read at the same moment, and a machine that
    /// wakes up may have only one of them right yet. Until then nothing is due.
    private boolean clockIsSteady() {
        Instant now = clock.instant();
        long counted = nanos.getAsLong();
        Duration step = Duration.between(wall, now).minusNanos(counted - ticks);
        boolean steps = step.abs().compareTo(STEP) > 0;
        if (steps && !suspicious) {
            suspicious = true;
            return false;
        }
        if (steps) {
            reconciler.clockJumped(step);
        }
        suspicious = false;
        wall = now;
        ticks = counted;
        return true;
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
