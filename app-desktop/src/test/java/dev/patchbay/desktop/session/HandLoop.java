package dev.patchbay.desktop.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/// A loop turned by hand, with a clock that is set: nothing happens between [#turn]s, and time passes by [#pass] only.
/// Work may be handed over from any thread.
public final class HandLoop implements Loop, InstantSource {
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final List<Due> timers = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T08:00:00Z");

    private record Due(Instant at, Runnable work) {}

    @Override
    public synchronized void execute(Runnable next) {
        work.add(next);
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable later) {
        Due due = new Due(now.plus(delay), later);
        timers.add(due);
        return () -> forget(due);
    }

    private synchronized void forget(Due due) {
        timers.remove(due);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /// Does all that waits.
    public void turn() {
        Runnable next = next();
        while (next != null) {
            next.run();
            next = next();
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Runnable next() {
        return work.poll();
    }

    /// Lets time pass, timer by timer.
    public void pass(Duration time) {
        Instant end = instant().plus(time);
        turn();
        Due due = due(end);
        while (due != null) {
            due.work().run();
            turn();
            due = due(end);
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Due due(Instant end) {
        Due first = timers.stream()
                .filter(timer -> !timer.at().isAfter(end))
                .min(Comparator.comparing(Due::at))
                .orElse(null);
        if (first != null) {
            timers.remove(first);
            now = first.at().isAfter(now) ? first.at() : now;
        }
        return first;
    }
}
