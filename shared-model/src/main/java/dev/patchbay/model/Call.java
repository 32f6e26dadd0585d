package dev.patchbay.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call as consoles see it: the whole of it travels with every event, so that the newest `version` is the truth.
///
/// @param topic what the caller says it is about
/// @param position place in the queue, from 1; 0 when it does not wait
/// @param agentId who answered, or owns the wrap-up
/// @param endReason such as `agentHangup`, `callerHangup`, `callerLost`, `noAnswer`, `noAgent`, `failed`
/// @param wrapUpUntil when the wrap-up ends by itself; null when it waits for the agent
/// @param rating one to five stars, given by the caller
public record Call(
        CallId id,
        long version,
        CallStatus status,
        Direction direction,
        String channel,
        @Nullable QueueId queueId,
        @Nullable String queueName,
        @Nullable String topic,
        Caller caller,
        int position,
        @Nullable UserId agentId,
        @Nullable String agentName,
        @Nullable LeadId leadId,
        Instant createdAt,
        @Nullable Instant ringingAt,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        @Nullable String endReason,
        @Nullable Instant wrapUpUntil,
        @Nullable String disposition,
        @Nullable String notes,
        @Nullable Integer rating,
        List<Participant> participants) {
    public Call {
        participants = List.copyOf(participants);
    }
}
