package dev.patchbay.server.calls;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.Because;
import dev.patchbay.model.CallId;
import org.jspecify.annotations.Nullable;

/// Where an agent stands: the state, why, and what follows.
///
/// @param reason the break reason, when on a break
/// @param call the call that rings, goes on or is written up; null in every other state
/// @param next what follows this call when it was chosen in advance
/// @param restore what follows when an unreachable console comes back
public record AgentStanding(
        AgentState state,
        @Nullable String reason,
        Because because,
        @Nullable CallId call,
        @Nullable AgentState next,
        @Nullable String nextReason,
        @Nullable AgentState restore) {

    public static final AgentStanding OFFLINE = idle(AgentState.OFFLINE, null, "new", null);

    private static AgentStanding idle(AgentState state, @Nullable String reason, String because, @Nullable String who) {
        return new AgentStanding(state, reason, new Because(because, who), null, null, null, null);
    }

    /// Whether a call has the agent: rings, goes on or is written up.
    public boolean busy() {
        return switch (state) {
            case RINGING, ON_CALL, WRAP_UP -> true;
            case OFFLINE, AVAILABLE, BREAK, MISSED, UNREACHABLE -> false;
        };
    }

    /// The next standing. Pure and total: what does not fit (late, repeated, of another call) returns `now` itself.
    public static AgentStanding after(AgentStanding now, AgentEvent event) {
        return switch (event) {
            case AgentEvent.Chose chose ->
                now.busy()
                        ? now.withNext(chose.state(), chose.reason())
                        : idle(chose.state(), chose.reason(), chose.because(), chose.who());
            case AgentEvent.ChoseNext chose -> {
                if (now.busy()) {
                    yield now.withNext(chose.state(), chose.reason());
                }
                AgentState state = chose.state();
                yield state == null ? now : idle(state, chose.reason(), "chosen", null);
            }
            case AgentEvent.Offered offered ->
                now.state == AgentState.AVAILABLE
                        ? now.with(AgentState.RINGING, "callOffered", offered.caller(), offered.call())
                        : now;
            case AgentEvent.Withdrawn withdrawn ->
                now.rings(withdrawn.call()) ? now.settled(withdrawn.because(), withdrawn.who()) : now;
            case AgentEvent.RangOut out -> now.rings(out.call()) ? now.notAnswered("rangOut") : now;
            case AgentEvent.Declined declined -> now.rings(declined.call()) ? now.notAnswered("declined") : now;
            case AgentEvent.Answered answered -> now.answered(answered);
            case AgentEvent.TalkEnded ended -> {
                if (now.state != AgentState.ON_CALL || !ended.call().equals(now.call)) {
                    yield now;
                }
                yield ended.wrapUp()
                        ? now.with(AgentState.WRAP_UP, ended.because(), null, ended.call())
                        : now.settled(ended.because(), null);
            }
            case AgentEvent.WrapUpDone done ->
                now.state == AgentState.WRAP_UP && done.call().equals(now.call)
                        ? now.settled(done.because(), null)
                        : now;
            case AgentEvent.ConsoleLost _ -> now.unreachable();
            case AgentEvent.SignedOff _ ->
                switch (now.state) {
                    case AVAILABLE, MISSED, BREAK, UNREACHABLE, RINGING ->
                        idle(AgentState.OFFLINE, null, "signedOff", null);
                    case OFFLINE, ON_CALL, WRAP_UP -> now;
                };
            case AgentEvent.ConsoleBack _ ->
                now.state == AgentState.UNREACHABLE
                        ? idle(now.restore == null ? AgentState.AVAILABLE : now.restore, null, "consoleBack", null)
                        : now;
            case AgentEvent.Freed freed -> now.busy() ? now.settled(freed.because(), null) : now;
        };
    }

    private boolean rings(CallId which) {
        return state == AgentState.RINGING && which.equals(call);
    }

    /// An agent may also take a call from the list while on a break: the break goes on after it.
    private AgentStanding answered(AgentEvent.Answered answered) {
        return switch (state) {
            case RINGING ->
                rings(answered.call())
                        ? with(AgentState.ON_CALL, "answered", answered.caller(), answered.call())
                        : this;
            case AVAILABLE, MISSED, UNREACHABLE ->
                new AgentStanding(
                        AgentState.ON_CALL,
                        null,
                        new Because("answered", answered.caller()),
                        answered.call(),
                        null,
                        null,
                        null);
            case BREAK, OFFLINE ->
                new AgentStanding(
                        AgentState.ON_CALL,
                        null,
                        new Because("answered", answered.caller()),
                        answered.call(),
                        state,
                        reason,
                        null);
            case ON_CALL, WRAP_UP -> this;
        };
    }

    private AgentStanding notAnswered(String code) {
        if (next == AgentState.BREAK || next == AgentState.OFFLINE) {
            return idle(next, nextReason, code, null);
        }
        return idle(AgentState.MISSED, null, code, null);
    }

    private AgentStanding unreachable() {
        return switch (state) {
            case AVAILABLE, RINGING, ON_CALL -> unreachable(AgentState.AVAILABLE);
            case MISSED -> unreachable(AgentState.MISSED);
            case OFFLINE, BREAK, WRAP_UP, UNREACHABLE -> this;
        };
    }

    private static AgentStanding unreachable(AgentState restore) {
        return new AgentStanding(
                AgentState.UNREACHABLE, null, new Because("consoleLost", null), null, null, null, restore);
    }

    /// After a call: what was chosen in advance, else available.
    private AgentStanding settled(String code, @Nullable String who) {
        return next == null ? idle(AgentState.AVAILABLE, null, code, who) : idle(next, nextReason, code, who);
    }

    private AgentStanding with(AgentState state, String code, @Nullable String who, CallId call) {
        return new AgentStanding(state, null, new Because(code, who), call, next, nextReason, null);
    }

    private AgentStanding withNext(@Nullable AgentState state, @Nullable String reason) {
        return new AgentStanding(this.state, this.reason, because, call, state, reason, restore);
    }
}
