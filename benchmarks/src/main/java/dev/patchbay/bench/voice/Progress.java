package dev.patchbay.bench.voice;

import java.util.Locale;

/// Tells step by step on standard error what happens, with `-Dpatchbay.bench.steps=true`.
final class Progress {
    private static final boolean WANTED = Boolean.getBoolean("patchbay.bench.steps");
    private static final long BEGAN = System.nanoTime();

    private Progress() {}

    static void tell(String who, String what) {
        if (WANTED) {
            System.err.printf(Locale.ROOT, "%9.3f %s: %s%n", (System.nanoTime() - BEGAN) / 1e9, who, what);
        }
    }
}
