package dev.patchbay.server.calls;

import dev.patchbay.model.UserId;

/// What can happen to one call. Any of these may come late, twice or out of order: [CallState#after] knows what to make
/// of it.
public sealed interface CallEvent {
    /// It begins to ring at an agent.
    record Offered(UserId to) implements CallEvent {}

    /// It no longer rings at an agent: declined, not answered in time, console lost.
    record OfferEnded(UserId at) implements CallEvent {}

    record Answered(UserId by) implements CallEvent {}

    record Held(UserId by) implements CallEvent {}

    record Resumed(UserId by) implements CallEvent {}

    /// The caller hung up or was lost.
    ///
    /// @param wrapUp whether the agent, if one had answered, writes the call up
    record CallerLeft(boolean wrapUp) implements CallEvent {}

    /// @param wrapUp whether the agent writes the call up
    record AgentLeft(UserId by, boolean wrapUp) implements CallEvent {}

    /// The agent's console and audio are gone while the caller is still there.
    record AgentLost(UserId agent) implements CallEvent {}

    record WrappedUp(UserId by) implements CallEvent {}

    /// Nobody answered in the time a caller may wait.
    record GivenUp() implements CallEvent {}

    /// It cannot be carried any further.
    record Broken() implements CallEvent {}
}
