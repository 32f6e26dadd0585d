package dev.patchbay.server.calls;

import dev.patchbay.model.IceServer;
import dev.patchbay.model.ParticipantId;
import java.time.Instant;
import java.util.List;

/// What calls need of other features.
public record Surroundings(LeadMatch leads, IceServerSource iceServers) {
    /// Gives each participant STUN and TURN servers, with credentials that end. Must not block: it is asked inside
    /// transactions.
    public interface IceServerSource {
        List<IceServer> forParticipant(ParticipantId participant, Instant now);
    }
}
