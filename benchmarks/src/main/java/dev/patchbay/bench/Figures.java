package dev.patchbay.bench;

import java.util.List;
import java.util.Locale;

/// Figures of one kind, for a table.
///
/// @param sorted ascending, at least one
public record Figures(List<Double> sorted) {
    public Figures {
        sorted = sorted.stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("sorted: no figures");
        }
    }

    public double median() {
        return at(50);
    }

    public double max() {
        return sorted.getLast();
    }

    /// The nearest rank: the smallest figure that `percent` of them do not exceed.
    public double at(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1));
    }

    /// Median, least and greatest.
    public String range() {
        return String.format(Locale.ROOT, "%.1f (%.1f–%.1f)", median(), sorted.getFirst(), max());
    }
}
