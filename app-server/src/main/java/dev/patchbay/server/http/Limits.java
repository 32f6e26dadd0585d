package dev.patchbay.server.http;

import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// How often somebody may ask. Per node and in memory, bounded: the longest unused counters are forgotten first.
///
/// Time is monotonic, so that a wall clock that jumps neither locks anybody out nor lets anybody in.
public final class Limits {
    private static final int MOST_COUNTERS = 50_000;
    private static final Duration PAGE_WINDOW = Duration.ofMinutes(1);
    private static final int PAGES = 600;

    private final int anonymous;
    private final Duration window;
    private final int perSecond;
    private final int companyPerSecond;
    private final TimeMeter time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_COUNTERS;
        }
    };

    /// @param anonymous requests without a token per address and window
    /// @param perSecond requests of a signed-in user, with bursts of ten times that
    /// @param nanos a monotonic time in nanoseconds
    public Limits(int anonymous, Duration window, int perSecond, LongSupplier nanos) {
        this(anonymous, window, perSecond, perSecond, nanos);
    }

    /// As above.
    ///
    /// @param companyPerSecond requests of all users of a company, with bursts of ten times that
    public Limits(int anonymous, Duration window, int perSecond, int companyPerSecond, LongSupplier nanos) {
        this.companyPerSecond = companyPerSecond;
        this.anonymous = anonymous;
        this.window = window;
        this.perSecond = perSecond;
        this.time = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return nanos.getAsLong();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }

    /// The monotonic time by which everything here is counted, in nanoseconds.
    public long nanos() {
        return time.currentTimeNanos();
    }

    /// How much somebody may still ask.
    ///
    /// @param reset until all of it may be asked again
    record Standing(int limit, long remaining, Duration reset) {}

    Standing anonymous(String address) {
        return take("address:" + network(address), anonymous, anonymous, window);
    }

    /// Gives an address back what a request took that turned out to be somebody's who is known.
    public void forgive(String address) {
        bucket("address:" + network(address), anonymous, anonymous, window).addTokens(1);
    }

    Standing page(String address) {
        return take("page:" + network(address), PAGES, PAGES, PAGE_WINDOW);
    }

    /// One user's limit, and that of the whole company: a company that floods is not served on others' account.
    Standing known(Principal principal) {
        Standing own = take(principal.key(), perSecond * 10, perSecond, Duration.ofSeconds(1));
        if (principal instanceof Principal.User user) {
            take("company:" + user.company(), companyPerSecond * 10, companyPerSecond, Duration.ofSeconds(1));
        }
        return own;
    }

    /// Counts one of a feature's own actions.
    ///
    /// @param what the action with whom it is counted for, such as `visit:203.0.113.7`
    /// @throws Refusal 429 when there were `most` in the window
    public void count(String what, int most, Duration within) {
        take(what, most, most, within);
    }

    /// Takes back a [#count], for actions of which only the failed ones count.
    public void uncount(String what, int most, Duration within) {
        bucket(what, most, most, within).addTokens(1);
    }

    /// How an address is counted: an IPv6 customer has a whole /64.
    public static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String[] groups = address.split(":");
        return groups.length < 4 || address.startsWith("::")
                ? address
                : String.join(":", groups[0], groups[1], groups[2], groups[3]);
    }

    private Standing take(String key, int capacity, int refill, Duration period) {
        ConsumptionProbe probe = bucket(key, capacity, refill, period).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill());
            throw Refusal.tooMany(wait.plusMillis(999).truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        }
        Duration reset = Duration.ofNanos(probe.getNanosToWaitForReset()).plusMillis(999);
        return new Standing(capacity, probe.getRemainingTokens(), reset);
    }

    private Bucket bucket(String key, int capacity, int refill, Duration period) {
        Supplier<Bucket> fresh = () -> Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(refill, period))
                .withCustomTimePrecision(time)
                .build();
        lock.lock();
        try {
            return buckets.computeIfAbsent(key, _ -> fresh.get());
        } finally {
            lock.unlock();
        }
    }
}
