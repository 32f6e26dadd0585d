package dev.patchbay.server.calls;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.CallId;
import org.jspecify.annotations.Nullable;

/// What can happen to one agent.
public sealed interface AgentEvent {
    /// Somebody chose a state. While the agent is busy it is kept for afterwards.
    ///
    /// @param because `chosen`, or `supervisor`
    /// @param who the supervisor's name; null when it was the agent
    record Chose(
            AgentState state,
            @Nullable String reason,
            String because,
            @Nullable String who) implements AgentEvent {
        public Chose {
            requireChoosable(state);
        }
    }

    /// @param state what to take after this call; null takes the choice back
    record ChoseNext(@Nullable AgentState state, @Nullable String reason) implements AgentEvent {
        public ChoseNext {
            if (state != null) {
                requireChoosable(state);
            }
        }
    }

    record Offered(CallId call, String caller) implements AgentEvent {}

    /// The call rings no longer, through no fault of the agent.
    record Withdrawn(CallId call, String because, @Nullable String who) implements AgentEvent {}

    record RangOut(CallId call) implements AgentEvent {}

    record Declined(CallId call) implements AgentEvent {}

    record Answered(CallId call, String caller) implements AgentEvent {}

    record TalkEnded(CallId call, boolean wrapUp, String because) implements AgentEvent {}

    record WrapUpDone(CallId call, String because) implements AgentEvent {}

    /// The console has been silent for longer than its grace.
    record ConsoleLost() implements AgentEvent {}

    /// The console was closed on purpose and did not come back within its grace.
    record SignedOff() implements AgentEvent {}

    record ConsoleBack() implements AgentEvent {}

    /// A call that was thought to be with this agent is not: the reconciler sets the agent free.
    record Freed(String because) implements AgentEvent {}

    private static void requireChoosable(AgentState state) {
        switch (state) {
            case AVAILABLE, BREAK, OFFLINE -> {}
            case RINGING, ON_CALL, WRAP_UP, MISSED, UNREACHABLE ->
                throw new IllegalArgumentException("state: nobody chooses " + state.wire());
        }
    }
}
