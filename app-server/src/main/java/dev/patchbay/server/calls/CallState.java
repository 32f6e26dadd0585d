package dev.patchbay.server.calls;

import dev.patchbay.model.CallStatus;
import dev.patchbay.model.UserId;
import java.util.HashSet;
import java.util.Set;

/// Where a call stands, and with whom.
public sealed interface CallState {
    /// Waits; rings nowhere.
    record Queued() implements CallState {}

    /// @param at the agents at whom it rings, at least one
    record Ringing(Set<UserId> at) implements CallState {
        public Ringing {
            if (at.isEmpty()) {
                throw new IllegalArgumentException("at: a call rings at somebody");
            }
            at = Set.copyOf(at);
        }
    }

    record Talking(UserId agent, boolean held) implements CallState {}

    record WrapUp(UserId agent) implements CallState {}

    /// @param how one of the four ends
    record Ended(CallStatus how) implements CallState {}

    /// The next state. Pure and total: an event that does not fit (late, repeated, out of order, of somebody else)
    /// returns `now` itself.
    static CallState after(CallState now, CallEvent event) {
        return switch (now) {
            case Queued queued -> waiting(queued, Set.of(), event);
            case Ringing ringing -> waiting(ringing, ringing.at(), event);
            case Talking talking -> talking(talking, event);
            case WrapUp wrapUp ->
                switch (event) {
                    case CallEvent.WrappedUp done when done.by().equals(wrapUp.agent()) -> new Ended(CallStatus.CLOSED);
                    case CallEvent.WrappedUp _,
                            CallEvent.Offered _,
                            CallEvent.OfferEnded _,
                            CallEvent.Answered _,
                            CallEvent.Held _,
                            CallEvent.Resumed _,
                            CallEvent.CallerLeft _,
                            CallEvent.AgentLeft _,
                            CallEvent.AgentLost _,
                            CallEvent.GivenUp _,
                            CallEvent.Broken _ -> now;
                };
            case Ended ended -> ended;
        };
    }

    private static CallState waiting(CallState now, Set<UserId> at, CallEvent event) {
        return switch (event) {
            case CallEvent.Offered offered -> {
                if (at.contains(offered.to())) {
                    yield now;
                }
                Set<UserId> more = new HashSet<>(at);
                more.add(offered.to());
                yield new Ringing(more);
            }
            case CallEvent.OfferEnded ended -> {
                if (!at.contains(ended.at())) {
                    yield now;
                }
                Set<UserId> fewer = new HashSet<>(at);
                fewer.remove(ended.at());
                yield fewer.isEmpty() ? new Queued() : new Ringing(fewer);
            }
            case CallEvent.Answered answered -> new Talking(answered.by(), false);
            case CallEvent.CallerLeft _ -> new Ended(CallStatus.ABANDONED);
            case CallEvent.GivenUp _ -> new Ended(CallStatus.MISSED);
            case CallEvent.Broken _ -> new Ended(CallStatus.FAILED);
            case CallEvent.Held _,
                    CallEvent.Resumed _,
                    CallEvent.AgentLeft _,
                    CallEvent.AgentLost _,
                    CallEvent.WrappedUp _ -> now;
        };
    }

    private static CallState talking(Talking now, CallEvent event) {
        UserId agent = now.agent();
        return switch (event) {
            case CallEvent.Held held -> held.by().equals(agent) && !now.held() ? new Talking(agent, true) : now;
            case CallEvent.Resumed resumed ->
                resumed.by().equals(agent) && now.held() ? new Talking(agent, false) : now;
            case CallEvent.CallerLeft left -> left.wrapUp() ? new WrapUp(agent) : new Ended(CallStatus.CLOSED);
            case CallEvent.AgentLeft left -> {
                if (!left.by().equals(agent)) {
                    yield now;
                }
                yield left.wrapUp() ? new WrapUp(agent) : new Ended(CallStatus.CLOSED);
            }
            case CallEvent.AgentLost lost -> lost.agent().equals(agent) ? new Queued() : now;
            case CallEvent.Broken _ -> new Ended(CallStatus.FAILED);
            case CallEvent.Offered _,
                    CallEvent.OfferEnded _,
                    CallEvent.Answered _,
                    CallEvent.GivenUp _,
                    CallEvent.WrappedUp _ -> now;
        };
    }

    default CallStatus status() {
        return switch (this) {
            case Queued _ -> CallStatus.QUEUED;
            case Ringing _ -> CallStatus.RINGING;
            case Talking talking -> talking.held() ? CallStatus.HELD : CallStatus.ACTIVE;
            case WrapUp _ -> CallStatus.WRAP_UP;
            case Ended ended -> ended.how();
        };
    }

    default boolean waits() {
        return this instanceof Queued || this instanceof Ringing;
    }
}
