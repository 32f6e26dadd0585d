package dev.patchbay.bench.voice;

import java.util.List;

/// What one round of a contender gave, in milliseconds.
///
/// @param setUps from the first thought to both ends connected
/// @param delays from a tone's first sample in to its first sample out
record Loop(List<Double> setUps, List<Double> delays) {
    Loop {
        setUps = List.copyOf(setUps);
        delays = List.copyOf(delays);
        if (setUps.isEmpty() || delays.isEmpty()) {
            throw new IllegalArgumentException("a round without figures: " + setUps + " " + delays);
        }
    }
}
