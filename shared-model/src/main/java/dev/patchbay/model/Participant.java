package dev.patchbay.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One side of a call.
///
/// @param userId the agent or supervisor; null for customers and outside numbers
/// @param connected whether its console or page is on the line to the server now
/// @param leftReason why it left, such as `hangup`, `declined`, `noAnswer`, `answeredElsewhere`, `lost`
public record Participant(
        ParticipantId id,
        ParticipantKind kind,
        @Nullable UserId userId,
        String name,
        Endpoint endpoint,
        ParticipantStatus status,
        boolean muted,
        boolean held,
        boolean connected,
        @Nullable Instant joinedAt,
        @Nullable Instant leftAt,
        @Nullable String leftReason) {}
