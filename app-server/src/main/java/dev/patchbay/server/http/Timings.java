package dev.patchbay.server.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// How fast the server answered and how often it failed, minute by minute over the last fifteen.
///
/// Counts in steps of a tenth, so that a percentile is known to ten percent and a minute costs half a kilobyte.
public final class Timings {
    private static final int MINUTES = 15;
    private static final int STEPS = 128;
    private static final double STEP = Math.log(1.1);
    /// The first step ends here; the last at about a minute.
    private static final double FIRST_NANOS = 500_000;

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Minute[] minutes = new Minute[MINUTES];

    private static final class Minute {
        private final long number;
        private final int[] steps = new int[STEPS];
        private long requests;
        private long failed;

        private Minute(long number) {
            this.number = number;
        }
    }

    /// @param p50 half the answers were this fast, in milliseconds
    /// @param p95 in milliseconds
    /// @param requests in the last fifteen minutes
    public record ResponseTimes(double p50, double p95, long requests) {}

    /// @param minutesAgo 0 for the one that runs
    /// @param failed answers with a status from 500
    public record ErrorRate(int minutesAgo, long requests, long failed, double share) {}

    /// @param nanos a monotonic time in nanoseconds
    public Timings(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Shows the percentiles among the meters.
    public void meter(MeterRegistry meters) {
        for (double quantile : new double[] {0.5, 0.95}) {
            Gauge.builder("http.server.response.seconds", this, timings -> timings.quantile(quantile) / 1000)
                    .description("How fast answers were over the last fifteen minutes")
                    .tag("quantile", String.valueOf(quantile))
                    .register(meters);
        }
    }

    void record(long took, int status) {
        lock.lock();
        try {
            Minute minute = current();
            minute.requests++;
            minute.steps[step(took)]++;
            if (status >= 500) {
                minute.failed++;
            }
        } finally {
            lock.unlock();
        }
    }

    private static int step(long took) {
        return took <= FIRST_NANOS ? 0 : (int) Math.min(STEPS - 1, Math.ceil(Math.log(took / FIRST_NANOS) / STEP));
    }

    private Minute current() {
        long number = number();
        int place = Math.floorMod(number, MINUTES);
        Minute minute = minutes[place];
        if (minute == null || minute.number != number) {
            minute = new Minute(number);
            minutes[place] = minute;
        }
        return minute;
    }

    private long number() {
        return Math.floorDiv(nanos.getAsLong(), Duration.ofMinutes(1).toNanos());
    }

    private List<Minute> recent() {
        long now = number();
        List<Minute> recent = new ArrayList<>();
        for (Minute minute : minutes) {
            if (minute != null && now - minute.number < MINUTES) {
                recent.add(minute);
            }
        }
        return recent;
    }

    public ResponseTimes responseTimes() {
        lock.lock();
        try {
            long requests =
                    recent().stream().mapToLong(minute -> minute.requests).sum();
            return new ResponseTimes(quantile(0.5), quantile(0.95), requests);
        } finally {
            lock.unlock();
        }
    }

    /// The minutes in which there were requests, the latest first.
    public List<ErrorRate> errorRate() {
        lock.lock();
        try {
            long now = number();
            return recent().stream()
                    .map(minute -> new ErrorRate(
                            (int) (now - minute.number),
                            minute.requests,
                            minute.failed,
                            minute.requests == 0 ? 0 : (double) minute.failed / minute.requests))
                    .sorted(java.util.Comparator.comparingInt(ErrorRate::minutesAgo))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /// In milliseconds; 0 without requests.
    private double quantile(double share) {
        lock.lock();
        try {
            long[] sums = new long[STEPS];
            long all = 0;
            for (Minute minute : recent()) {
                for (int i = 0; i < STEPS; i++) {
                    sums[i] += minute.steps[i];
                    all += minute.steps[i];
                }
            }
            long wanted = (long) Math.ceil(all * share);
            long seen = 0;
            for (int i = 0; i < STEPS && all > 0; i++) {
                seen += sums[i];
                if (seen >= wanted) {
                    return Math.round(FIRST_NANOS * Math.exp(i * STEP) / 10_000) / 100.0;
                }
            }
            return 0;
        } finally {
            lock.unlock();
        }
    }
}
