package dev.patchbay.model;

import java.time.Instant;
import java.util.Map;

/// One thing that happened to a call. A call's entries are numbered without gaps and in order.
///
/// @param number from 1
/// @param type such as `queued`, `offered`, `answered`, `held`, `declined`, `dtmf`, `ended`, `rated`
/// @param who the name of whoever did it; empty for the system
/// @param data what else is known, such as `digits` or `reason`
public record TimelineEntry(int number, Instant at, String type, String who, Map<String, String> data) {
    public TimelineEntry {
        data = Map.copyOf(data);
    }
}
