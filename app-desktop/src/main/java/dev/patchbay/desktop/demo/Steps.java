package dev.patchbay.desktop.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What happened in the demo, with times since it began. Thread-safe.
final class Steps {
    private final PrintStream out;
    private final Instant began = Instant.now();
    private final List<Step> all = new ArrayList<>();

    /// @param seconds since the demo began
    record Step(double seconds, String who, String what) {}

    Steps(PrintStream out) {
        this.out = out;
    }

    synchronized void tell(String who, String what) {
        double seconds = Duration.between(began, Instant.now()).toMillis() / 1000.0;
        all.add(new Step(seconds, who, what));
        out.println(String.format(Locale.ROOT, "%8.3f s  %-16s %s", seconds, who, what));
        out.flush();
    }

    synchronized List<Step> all() {
        return List.copyOf(all);
    }
}
