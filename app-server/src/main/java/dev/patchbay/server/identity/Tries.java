package dev.patchbay.server.identity;

import dev.patchbay.server.access.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Failed sign-ins to each account: at most ten in any quarter of an hour, from wherever they come.
///
/// A try is taken before the password is looked at, so that guessing in parallel does not get past it, and given back
/// when it was right. Networks from which the person signed in before have tries of their own: a stranger who uses up
/// the others does not lock the person out there, and nobody who is signed in notices. Kept per node and in memory,
/// bounded: the longest unused accounts are forgotten first.
final class Tries {
    static final int MOST = 10;
    static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int MOST_ACCOUNTS = 20_000;

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<Long>> failures = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Long>> eldest) {
            return size() > MOST_ACCOUNTS;
        }
    };

    /// @param nanos a monotonic time in nanoseconds
    Tries(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// A try that counts until it is given back.
    final class Try {
        private final String key;
        private final long at;

        private Try(String key, long at) {
            this.key = key;
            this.at = at;
        }

        void giveBack() {
            lock.lock();
            try {
                Deque<Long> times = failures.get(key);
                if (times != null && times.removeLastOccurrence(at) && times.isEmpty()) {
                    failures.remove(key);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /// @param account known or not: an answer must not tell
    /// @throws Refusal 429 with the time until the oldest failure is forgotten
    Try take(String account) {
        long now = nanos.getAsLong();
        lock.lock();
        try {
            Deque<Long> times = failures.computeIfAbsent(account, _ -> new ArrayDeque<>(MOST));
            while (!times.isEmpty() && now - times.getFirst() >= WINDOW.toNanos()) {
                times.removeFirst();
            }
            if (times.size() >= MOST) {
                Duration wait = WINDOW.minusNanos(now - times.getFirst());
                throw Refusal.tooMany(Duration.ofSeconds(wait.toSeconds() + 1));
            }
            times.addLast(now);
            return new Try(account, now);
        } finally {
            lock.unlock();
        }
    }
}
