package dev.patchbay.server.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.CallId;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.UserId;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The pure state machines, in random orders of events.
class StatesTest {
    private static final int STEPS = 200_000;
    private static final UserId ANN = UserId.fresh();
    private static final UserId BOB = UserId.fresh();
    private static final CallId ONE = CallId.fresh();
    private static final CallId TWO = CallId.fresh();

    private static final List<CallEvent> CALL_EVENTS = Stream.of(ANN, BOB)
            .flatMap(user -> Stream.<CallEvent>of(
                    new CallEvent.Offered(user),
                    new CallEvent.OfferEnded(user),
                    new CallEvent.Answered(user),
                    new CallEvent.Held(user),
                    new CallEvent.Resumed(user),
                    new CallEvent.AgentLeft(user, true),
                    new CallEvent.AgentLost(user),
                    new CallEvent.WrappedUp(user),
                    new CallEvent.CallerLeft(true),
                    new CallEvent.GivenUp()))
            .toList();

    private static final List<AgentEvent> AGENT_EVENTS = Stream.of(ONE, TWO)
            .flatMap(call -> Stream.<AgentEvent>of(
                    new AgentEvent.Chose(AgentState.AVAILABLE, null, "chosen", null),
                    new AgentEvent.Chose(AgentState.BREAK, "Lunch", "chosen", null),
                    new AgentEvent.ChoseNext(AgentState.OFFLINE, null),
                    new AgentEvent.ChoseNext(null, null),
                    new AgentEvent.Offered(call, "Carla"),
                    new AgentEvent.Withdrawn(call, "answeredElsewhere", "Bob"),
                    new AgentEvent.RangOut(call),
                    new AgentEvent.Declined(call),
                    new AgentEvent.Answered(call, "Carla"),
                    new AgentEvent.TalkEnded(call, true, "callerHungUp"),
                    new AgentEvent.TalkEnded(call, false, "callerHungUp"),
                    new AgentEvent.WrapUpDone(call, "wrapUpDone"),
                    new AgentEvent.ConsoleLost(),
                    new AgentEvent.SignedOff(),
                    new AgentEvent.ConsoleBack()))
            .toList();

    @Test
    void aCallKeepsItsPromisesWhateverComesInWhateverOrder() {
        Random random = new Random(7);
        CallState now = new CallState.Queued();
        int ended = 0;
        for (int step = 0; step < STEPS; step++) {
            CallEvent event = CALL_EVENTS.get(random.nextInt(CALL_EVENTS.size()));
            CallState next = CallState.after(now, event);
            assertThat(CallState.after(next, event))
                    .as("%s twice after %s", event, now)
                    .isEqualTo(next);
            if (now instanceof CallState.Talking talking && next instanceof CallState.Talking after) {
                assertThat(after.agent())
                        .as("nobody takes a call from its owner")
                        .isEqualTo(talking.agent());
            }
            if (now instanceof CallState.WrapUp wrapUp && !next.equals(now)) {
                assertThat(event).isEqualTo(new CallEvent.WrappedUp(wrapUp.agent()));
            }
            if (next instanceof CallState.Ended end) {
                assertThat(CALL_EVENTS)
                        .allSatisfy(any -> assertThat(CallState.after(end, any)).isSameAs(end));
                ended++;
                next = new CallState.Queued();
            }
            now = next;
        }
        assertThat(ended).isGreaterThan(STEPS / 100);
    }

    @Test
    void lateAndStrangeEventsReturnTheStateItself() {
        CallState talking = new CallState.Talking(ANN, false);
        assertThat(CallState.after(talking, new CallEvent.Answered(BOB))).isSameAs(talking);
        assertThat(CallState.after(talking, new CallEvent.OfferEnded(ANN))).isSameAs(talking);
        assertThat(CallState.after(talking, new CallEvent.Held(BOB))).isSameAs(talking);
        assertThat(CallState.after(talking, new CallEvent.GivenUp())).isSameAs(talking);
        CallState wrapUp = new CallState.WrapUp(ANN);
        assertThat(CallState.after(wrapUp, new CallEvent.CallerLeft(true))).isSameAs(wrapUp);
        CallState both = new CallState.Ringing(Set.of(ANN, BOB));
        assertThat(CallState.after(both, new CallEvent.OfferEnded(ANN))).isEqualTo(new CallState.Ringing(Set.of(BOB)));
        assertThat(CallState.after(both, new CallEvent.CallerLeft(true)))
                .isEqualTo(new CallState.Ended(CallStatus.ABANDONED));
        assertThat(CallState.after(new CallState.Queued(), new CallEvent.Answered(ANN)))
                .as("an answer that overtook its offer")
                .isEqualTo(talking);
    }

    @Test
    void anAgentHasACallExactlyWhileBusyWhateverComesInWhateverOrder() {
        Random random = new Random(11);
        AgentStanding now = AgentStanding.OFFLINE;
        for (int step = 0; step < STEPS; step++) {
            AgentEvent event = AGENT_EVENTS.get(random.nextInt(AGENT_EVENTS.size()));
            AgentStanding next = AgentStanding.after(now, event);
            assertThat(next.call() != null).as("%s after %s", next, event).isEqualTo(next.busy());
            if (next.state() == AgentState.RINGING && now.state() != AgentState.RINGING) {
                assertThat(now.state()).isEqualTo(AgentState.AVAILABLE);
                assertThat(event).isInstanceOf(AgentEvent.Offered.class);
            }
            if (now.busy() && next.busy()) {
                assertThat(Objects.equals(now.call(), next.call()))
                        .as("no call replaces another")
                        .isTrue();
            }
            if (next.next() != null) {
                assertThat(next.busy())
                        .as("a choice for later belongs to a call")
                        .isTrue();
            }
            assertThat(next.restore() != null).isEqualTo(next.state() == AgentState.UNREACHABLE);
            now = next;
        }
    }

    @Test
    void anAgentWhoChangesTheirMindWhileMissedEndsAvailable() {
        AgentStanding now = AgentStanding.after(
                AgentStanding.OFFLINE, new AgentEvent.Chose(AgentState.AVAILABLE, null, "chosen", null));
        now = AgentStanding.after(now, new AgentEvent.Offered(ONE, "Carla"));
        now = AgentStanding.after(now, new AgentEvent.RangOut(ONE));
        assertThat(now.state()).isEqualTo(AgentState.MISSED);
        now = AgentStanding.after(now, new AgentEvent.ChoseNext(AgentState.OFFLINE, null));
        now = AgentStanding.after(now, new AgentEvent.ChoseNext(AgentState.AVAILABLE, null));
        assertThat(now.state()).isEqualTo(AgentState.AVAILABLE);
        assertThat(now.next()).isNull();
    }
}
