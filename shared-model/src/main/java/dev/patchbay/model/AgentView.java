package dev.patchbay.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An agent as consoles and boards see it.
///
/// @param reason the break reason, when on a break
/// @param since when the state began
/// @param extension the digits under which colleagues reach the agent
/// @param next the state to take after this call, when chosen in advance
public record AgentView(
        UserId userId,
        String name,
        AgentState state,
        @Nullable String reason,
        Instant since,
        Because because,
        @Nullable CallId callId,
        @Nullable AgentState next,
        @Nullable String nextReason,
        boolean connected,
        List<QueueId> queues,
        List<String> skills,
        long version,
        @Nullable String extension) {
    public AgentView {
        queues = List.copyOf(queues);
        skills = List.copyOf(skills);
    }

    public AgentView(
            UserId userId,
            String name,
            AgentState state,
            @Nullable String reason,
            Instant since,
            Because because,
            @Nullable CallId callId,
            @Nullable AgentState next,
            @Nullable String nextReason,
            boolean connected,
            List<QueueId> queues,
            List<String> skills,
            long version) {
        this(
                userId,
                name,
                state,
                reason,
                since,
                because,
                callId,
                next,
                nextReason,
                connected,
                queues,
                skills,
                version,
                null);
    }
}
