package dev.patchbay.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// A time that goes on only when a test says so. Thread-safe.
public final class SettableClock implements InstantSource {
    private volatile Instant now;
    private final AtomicLong nanos = new AtomicLong();

    public SettableClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /// Lets time pass, on the wall and for monotonic clocks.
    public synchronized void tick(Duration span) {
        now = now.plus(span);
        nanos.addAndGet(span.toNanos());
    }

    /// Sets the wall clock, as an administrator or a time server does; no time passes.
    public void jumpTo(Instant time) {
        now = time;
    }

    /// A monotonic time.
    public long nanos() {
        return nanos.get();
    }
}
