package dev.patchbay.desktop.voice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Keeps every event a voice tells and waits for the one that is wanted.
final class Heard implements Consumer<VoiceEvent> {
    static final Duration LIMIT = Duration.ofSeconds(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<VoiceEvent> events = new ArrayList<>();

    @Override
    public void accept(VoiceEvent event) {
        lock.lock();
        try {
            events.add(event);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// How many events came so far: a place to wait from.
    int mark() {
        lock.lock();
        try {
            return events.size();
        } finally {
            lock.unlock();
        }
    }

    List<VoiceEvent> since(int mark) {
        lock.lock();
        try {
            return List.copyOf(events.subList(mark, events.size()));
        } finally {
            lock.unlock();
        }
    }

    <E extends VoiceEvent> E await(Class<E> type) {
        return await(0, type, _ -> true);
    }

    <E extends VoiceEvent> E await(Class<E> type, Predicate<E> wanted) {
        return await(0, type, wanted);
    }

    /// @param mark only events after it count
    <E extends VoiceEvent> E await(int mark, Class<E> type, Predicate<E> wanted) {
        long limit = System.nanoTime() + LIMIT.toNanos();
        lock.lock();
        try {
            int at = mark;
            while (true) {
                for (; at < events.size(); at++) {
                    VoiceEvent event = events.get(at);
                    if (type.isInstance(event) && wanted.test(type.cast(event))) return type.cast(event);
                }
                long left = limit - System.nanoTime();
                if (left <= 0)
                    throw new AssertionError("no " + type.getSimpleName() + " within " + LIMIT + " after " + mark
                            + "; heard: "
                            + events.stream()
                                    .filter(e -> !(e instanceof VoiceEvent.Levels))
                                    .map(e -> e.toString().lines().findFirst().orElse(""))
                                    .toList());
                boolean _ = more.await(left, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }
}
