package dev.patchbay.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call with its timeline and the lead it belongs to.
public record CallDetails(
        Call call, List<TimelineEntry> timeline, @Nullable Lead lead) {
    public CallDetails {
        timeline = List.copyOf(timeline);
    }
}
