package dev.patchbay.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A queue, its rules, and how it stands now.
///
/// @param ringSeconds how long one agent rings before the call is offered elsewhere
/// @param wrapUpSeconds when wrap-up ends by itself; 0 for no wrap-up, null to wait for the agent
/// @param skills what an agent must have to be offered its calls
/// @param waiting calls that wait or ring
/// @param longestWaitingSince when the first of them came
/// @param expectedWaitSeconds for a caller who comes now; null when nothing can be said
public record QueueView(
        QueueId id,
        String name,
        Strategy strategy,
        int ringSeconds,
        @Nullable Integer wrapUpSeconds,
        boolean dispositionRequired,
        List<String> skills,
        int waiting,
        @Nullable Instant longestWaitingSince,
        int agentsAvailable,
        int agentsSignedIn,
        @Nullable Integer expectedWaitSeconds,
        long version) {
    public QueueView {
        skills = List.copyOf(skills);
    }

    public Duration ringTimeOut() {
        return Duration.ofSeconds(ringSeconds);
    }
}
