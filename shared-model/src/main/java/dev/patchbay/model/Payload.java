package dev.patchbay.model;

import org.jspecify.annotations.Nullable;

/// What a live event carries in `data`.
public sealed interface Payload {
    record OfLead(Lead lead) implements Payload {}

    record OfCall(Call call) implements Payload {}

    record OfOffer(Offer offer) implements Payload {}

    record OfSignal(Signal signal) implements Payload {}

    record OfAgent(AgentView agent) implements Payload {}

    record OfQueue(QueueView queue) implements Payload {}

    record OfVisitor(VisitorCall call) implements Payload {}

    /// @param what the list or page to load again: `company`, `preferences`, `offices`, `queues`, `skills`,
    /// `dispositions`, `breakReasons`
    /// @param id which one of them
    record OfSettings(String what, String id) implements Payload {}

    /// @param presence `online`, `away`, `busy` or `offline`
    record OfPresence(
            UserId userId, String presence, @Nullable String text) implements Payload {}
}
