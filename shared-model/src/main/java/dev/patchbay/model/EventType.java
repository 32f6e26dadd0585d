package dev.patchbay.model;

import java.util.Arrays;
import java.util.Optional;

/// The catalogue of live events: the name on the wire, what it carries, and what it tells. `docs/live.md` is generated
/// from here.
public enum EventType {
    LEAD_CREATED("lead.created", Payload.OfLead.class, "A lead came in."),
    LEAD_UPDATED("lead.updated", Payload.OfLead.class, "A lead was changed."),
    LEAD_DELETED("lead.deleted", Payload.OfLead.class, "A lead was deleted."),
    LEAD_CLAIMED("lead.claimed", Payload.OfLead.class, "An agent took a lead from the shark tank."),
    LEAD_RELEASED("lead.released", Payload.OfLead.class, "A lead went back to the shark tank."),
    LEAD_STAGE_CHANGED("lead.stageChanged", Payload.OfLead.class, "A lead moved in the pipeline."),

    CALL_QUEUED("call.queued", Payload.OfCall.class, "A call came in and waits."),
    CALL_OFFERED("call.offered", Payload.OfOffer.class, "A call rings at this agent; sent to that agent only."),
    CALL_RINGING("call.ringing", Payload.OfCall.class, "A call rings at somebody."),
    CALL_ANSWERED("call.answered", Payload.OfCall.class, "An agent answered."),
    CALL_HELD("call.held", Payload.OfCall.class, "The agent put the caller on hold."),
    CALL_RESUMED("call.resumed", Payload.OfCall.class, "The caller is off hold."),
    CALL_TRANSFERRED("call.transferred", Payload.OfCall.class, "The call went to somebody else."),
    CALL_ENDED("call.ended", Payload.OfCall.class, "Nobody talks any more; the status says how it ended."),
    CALL_WRAPPED_UP("call.wrappedUp", Payload.OfCall.class, "The agent has written the call up."),
    CALL_UPDATED(
            "call.updated",
            Payload.OfCall.class,
            "Something else of the call changed: notes, lead, rating, place in the queue."),

    PARTICIPANT_JOINED("participant.joined", Payload.OfCall.class, "Somebody joined the call."),
    PARTICIPANT_LEFT("participant.left", Payload.OfCall.class, "Somebody left the call."),
    PARTICIPANT_MUTED("participant.muted", Payload.OfCall.class, "Somebody was muted or unmuted."),
    PARTICIPANT_HELD("participant.held", Payload.OfCall.class, "Somebody was held or resumed."),
    PARTICIPANT_SIGNALLED(
            "participant.signalled", Payload.OfSignal.class, "WebRTC signalling; sent to the participant it is for."),

    AGENT_STATE_CHANGED("agent.stateChanged", Payload.OfAgent.class, "An agent's state changed."),
    QUEUE_CHANGED("queue.changed", Payload.OfQueue.class, "A queue's rules or its waiting calls changed."),
    VISITOR_UPDATED(
            "visitor.updated", Payload.OfVisitor.class, "The visitor's call changed; sent to that visitor only."),
    SETTINGS_CHANGED(
            "settings.changed",
            Payload.OfSettings.class,
            "Settings of the company, a list that people choose from, or the own preferences changed."),
    PRESENCE_CHANGED("presence.changed", Payload.OfPresence.class, "A user came online or went.");

    private final String wire;
    private final Class<? extends Payload> payload;
    private final String tells;

    EventType(String wire, Class<? extends Payload> payload, String tells) {
        this.wire = wire;
        this.payload = payload;
        this.tells = tells;
    }

    public String wire() {
        return wire;
    }

    /// What the event's `data` holds.
    public Class<? extends Payload> payload() {
        return payload;
    }

    /// One sentence for the documentation.
    public String tells() {
        return tells;
    }

    /// @return empty for a type of a newer server, which an older console passes over
    public static Optional<EventType> of(String wire) {
        return Arrays.stream(values()).filter(type -> type.wire.equals(wire)).findFirst();
    }
}
