package dev.patchbay.desktop.line;

import dev.patchbay.model.CallId;
import dev.patchbay.model.ParticipantId;

/// The connection between two participants of a call.
///
/// @param me this console's own participant
/// @param peer the other side
public record Leg(CallId call, ParticipantId me, ParticipantId peer) {
    @Override
    public String toString() {
        return call + "/" + peer;
    }
}
