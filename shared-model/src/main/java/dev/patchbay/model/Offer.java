package dev.patchbay.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call that rings at one agent, with all that the console needs to set the audio up before the agent answers.
///
/// @param me the agent's own participant
/// @param peer the participant to connect with
/// @param ringUntil when it is offered elsewhere
/// @param lead the caller's lead, when the number or the address is known
public record Offer(
        Call call,
        ParticipantId me,
        ParticipantId peer,
        Instant ringUntil,
        List<IceServer> iceServers,
        @Nullable Lead lead) {
    public Offer {
        iceServers = List.copyOf(iceServers);
    }
}
