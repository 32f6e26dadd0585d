package dev.patchbay.server.reliability;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// How much a run takes on, and how it tells.
final class Size {
    private static final boolean FULL = "full".equals(System.getProperty("patchbay.size"));

    private Size() {}

    static int of(int small, int full) {
        return FULL ? full : small;
    }

    /// The one line of a run.
    static void print(String row, String figures) {
        System.out.println(row + (FULL ? " (full size): " : " (small size): ") + figures);
    }

    static long millis(Collection<Duration> all, double quantile) {
        if (all.isEmpty()) {
            return 0;
        }
        List<Duration> sorted = all.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(quantile * sorted.size()) - 1))
                .toMillis();
    }
}
