package dev.patchbay.model;

import org.jspecify.annotations.Nullable;

/// A call as the visitor's page sees it: nothing of the company's inside.
///
/// @param status `waiting`, `connecting`, `connected`, `held`, `ended`
/// @param position place in the queue, from 1; 0 when it does not wait
/// @param expectedWaitSeconds null when nothing can be said
/// @param agentName the first name shown to visitors, once somebody answered
/// @param endReason null while the call goes on
public record VisitorCall(
        CallId callId,
        ParticipantId me,
        String status,
        int position,
        @Nullable Integer expectedWaitSeconds,
        @Nullable String agentName,
        @Nullable ParticipantId peer,
        @Nullable String endReason,
        @Nullable Integer rating,
        long version) {}
