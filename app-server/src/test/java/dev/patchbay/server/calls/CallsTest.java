package dev.patchbay.server.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.QueueView;
import dev.patchbay.model.Strategy;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallsTest {
    private final Switchboard board = new Switchboard();

    @AfterEach
    void invariantsHold() {
        assertThat(board.violations()).isEmpty();
        board.close();
    }

    @Test
    void aCallGoesFromTheQueueToTheEndOfItsWrapUp() {
        QueueView queue = board.queue();
        Principal.User ann = board.agent("Ann", queue);

        Principal.Visitor caller = board.caller("Carla");
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.RINGING);
        assertThat(board.state(ann)).isEqualTo(AgentState.RINGING);

        Calls.Answered answered = board.calls.answer(ann, caller.call());
        assertThat(answered.call().agentName()).isEqualTo("Ann");
        assertThat(answered.offer()).isNotNull();
        assertThat(answered.offer().peer()).isEqualTo(caller.participant());
        assertThat(board.visitors.current(caller).status()).isEqualTo("connected");
        assertThat(board.visitors.current(caller).peer())
                .isEqualTo(answered.offer().me());

        assertThat(board.calls.hold(ann, caller.call(), true).status()).isEqualTo(CallStatus.HELD);
        assertThat(board.visitors.current(caller).status()).isEqualTo("held");
        assertThat(board.calls.hold(ann, caller.call(), false).status()).isEqualTo(CallStatus.ACTIVE);
        board.calls.mute(ann, caller.call(), true);
        board.visitors.dtmf(caller, "12#");

        Call ended = board.calls.hangUp(ann, caller.call());
        assertThat(ended.status()).isEqualTo(CallStatus.WRAP_UP);
        assertThat(ended.endReason()).isEqualTo("agentHangup");
        assertThat(board.state(ann)).isEqualTo(AgentState.WRAP_UP);
        board.visitors.rate(caller, 5);
        board.calls.notes(ann, caller.call(), "wants a quote");

        Call closed = board.calls.wrapUp(ann, caller.call(), null, null);
        assertThat(closed.status()).isEqualTo(CallStatus.CLOSED);
        assertThat(closed.rating()).isEqualTo(5);
        assertThat(closed.notes()).isEqualTo("wants a quote");
        assertThat(board.state(ann)).isEqualTo(AgentState.AVAILABLE);
        assertThat(board.timeline(caller.call()))
                .containsExactly(
                        "queued",
                        "offered",
                        "answered",
                        "held",
                        "resumed",
                        "muted",
                        "dtmf",
                        "ended",
                        "rated",
                        "wrapUpDone");
    }

    @Test
    void anUnansweredCallRingsElsewhereAndKeepsItsPlace() {
        QueueView queue = board.queue();
        Principal.User ann = board.agent("Ann", queue);
        Principal.Visitor first = board.caller("First");
        Principal.User bob = board.agent("Bob", queue);
        Principal.Visitor second = board.caller("Second");
        assertThat(board.view(ann).callId()).isEqualTo(first.call());
        assertThat(board.view(bob).callId()).isEqualTo(second.call());
        board.calls.decline(bob, second.call());
        board.agents.choose(bob, AgentState.AVAILABLE, null);
        assertThat(board.view(bob).callId()).as("alone and ready again").isEqualTo(second.call());
        board.calls.decline(bob, second.call());
        board.pass(Duration.ofSeconds(20));

        assertThat(board.state(ann)).isEqualTo(AgentState.MISSED);
        assertThat(board.view(ann).because().code()).isEqualTo("rangOut");
        assertThat(board.call(first).status()).isEqualTo(CallStatus.QUEUED);
        assertThat(board.call(first).position()).isEqualTo(1);
        assertThat(board.call(second).position()).isEqualTo(2);

        board.agents.choose(bob, AgentState.AVAILABLE, null);
        assertThat(board.view(bob).callId()).isEqualTo(first.call());
        board.agents.choose(ann, AgentState.AVAILABLE, null);
        assertThat(board.view(ann).callId()).isEqualTo(second.call());
    }

    @Test
    void aMissedAgentIsNotOfferedAnythingUntilReady() {
        QueueView queue = board.queue();
        Principal.User ann = board.agent("Ann", queue);
        Principal.Visitor caller = board.caller("Carla");
        board.pass(Duration.ofSeconds(20));
        board.pass(Duration.ofSeconds(60));
        assertThat(board.state(ann)).isEqualTo(AgentState.MISSED);
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.QUEUED);
    }

    @Test
    void theSecondToAnswerIsToldWhoWasFirst() {
        QueueView queue = board.queue("Sales", Strategy.RING_ALL, 30, false);
        Principal.User ann = board.agent("Ann", queue);
        Principal.User bob = board.agent("Bob", queue);
        Principal.Visitor caller = board.caller("Carla");
        assertThat(List.of(board.state(ann), board.state(bob))).containsOnly(AgentState.RINGING);

        board.calls.answer(ann, caller.call());
        Refusal lost = catchThrowableOfType(Refusal.class, () -> board.calls.answer(bob, caller.call()));

        assertThat(lost.status()).isEqualTo(409);
        assertThat(lost.body().code()).isEqualTo("CALL_ALREADY_ANSWERED");
        assertThat(String.valueOf(lost.body().details())).contains("\"name\":\"Ann\"");
        assertThat(lost.body().message()).contains("Ann");
        assertThat(board.state(bob)).isEqualTo(AgentState.AVAILABLE);
        assertThat(board.view(bob).because().code()).isEqualTo("answeredElsewhere");
        assertThat(board.call(caller).participants())
                .anySatisfy(leg -> assertThat(leg.leftReason()).isEqualTo("answeredElsewhere"));
    }

    @Test
    void answeringTwiceIsAnsweringOnce() {
        Principal.User ann = board.agent("Ann", board.queue());
        Principal.Visitor caller = board.caller("Carla");
        Calls.Answered once = board.calls.answer(ann, caller.call());
        assertThat(board.calls.answer(ann, caller.call())).isEqualTo(once);
    }

    @Test
    void aCallerWhoLeavesWhileRingingFreesTheAgentInTheSameTransaction() {
        Principal.User ann = board.agent("Ann", board.queue());
        Principal.Visitor caller = board.caller("Carla");
        board.visitors.leave(caller);
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.ABANDONED);
        assertThat(board.call(caller).endReason()).isEqualTo("callerHangup");
        assertThat(board.state(ann)).isEqualTo(AgentState.AVAILABLE);
        assertThatThrownBy(() -> board.calls.answer(ann, caller.call())).hasMessageContaining("CALL_ENDED");
        assertThat(board.events())
                .filteredOn(event -> event.type().equals("call.ended"))
                .hasSize(1)
                .allSatisfy(event -> assertThat(event.audience().tokens()).contains("user:" + ann.id()));
    }

    @Test
    void aRequiredDispositionKeepsTheAgentInWrapUpUntilItIsSet() {
        board.choices.addDisposition(board.company, "Sold");
        Principal.User ann = board.agent("Ann", board.queue("Sales", Strategy.LONGEST_IDLE, 30, true));
        Principal.Visitor caller = board.caller("Carla");
        board.calls.answer(ann, caller.call());
        board.visitors.hangUp(caller);
        assertThatThrownBy(() -> board.calls.wrapUp(ann, caller.call(), null, "x"))
                .hasMessageContaining("DISPOSITION_REQUIRED");
        board.pass(Duration.ofSeconds(31));
        board.pass(Duration.ofSeconds(300));
        assertThat(board.state(ann)).isEqualTo(AgentState.WRAP_UP);
        assertThat(board.call(caller).wrapUpUntil()).isNull();
        board.calls.wrapUp(ann, caller.call(), "sold", null);
        assertThat(board.state(ann)).isEqualTo(AgentState.AVAILABLE);
        assertThat(board.call(caller).disposition()).isEqualTo("sold");
    }

    @Test
    void aTimedWrapUpEndsByItselfAndIsExtendedOnce() {
        Principal.User ann = board.agent("Ann", board.queue());
        Principal.Visitor caller = board.caller("Carla");
        board.calls.answer(ann, caller.call());
        board.visitors.hangUp(caller);
        board.pass(Duration.ofSeconds(29));
        assertThat(board.state(ann)).isEqualTo(AgentState.WRAP_UP);
        board.calls.extend(ann, caller.call());
        assertThatThrownBy(() -> board.calls.extend(ann, caller.call())).hasMessageContaining("WRAP_UP_EXTENDED");
        board.pass(Duration.ofSeconds(29));
        assertThat(board.state(ann)).isEqualTo(AgentState.WRAP_UP);
        board.pass(Duration.ofSeconds(2));
        assertThat(board.state(ann)).isEqualTo(AgentState.AVAILABLE);
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.CLOSED);
    }

    @Test
    void aQueueWithoutWrapUpFreesTheAgentAtOnce() {
        Principal.User ann = board.agent("Ann", board.queue("Sales", Strategy.LONGEST_IDLE, 0, false));
        Principal.Visitor caller = board.caller("Carla");
        board.calls.answer(ann, caller.call());
        board.calls.hangUp(ann, caller.call());
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.CLOSED);
        assertThat(board.state(ann)).isEqualTo(AgentState.AVAILABLE);
    }

    @Test
    void theStateChosenInAdvanceFollowsTheCall() {
        Principal.User ann = board.agent("Ann", board.queue("Sales", Strategy.LONGEST_IDLE, 0, false));
        Principal.Visitor caller = board.caller("Carla");
        board.calls.answer(ann, caller.call());
        board.agents.chooseNext(ann, AgentState.BREAK, "Lunch");
        assertThat(board.view(ann).next()).isEqualTo(AgentState.BREAK);
        board.visitors.hangUp(caller);
        assertThat(board.state(ann)).isEqualTo(AgentState.BREAK);
        assertThat(board.view(ann).reason()).isEqualTo("Lunch");
        assertThat(board.view(ann).next()).isNull();
    }

    @Test
    void aConsoleLostWhileRingingFreesTheCallAfterTenSeconds() {
        QueueView queue = board.queue();
        Principal.User ann = board.agent("Ann", queue);
        Principal.Visitor caller = board.caller("Carla");
        Principal.User bob = board.agent("Bob", queue);
        board.agents.consoleWent(board.company, ann.id(), false);
        board.pass(Duration.ofSeconds(9));
        assertThat(board.view(ann).callId()).isEqualTo(caller.call());
        board.pass(Duration.ofSeconds(1));
        assertThat(board.state(ann)).isEqualTo(AgentState.UNREACHABLE);
        assertThat(board.view(bob).callId()).isEqualTo(caller.call());
        board.agents.consoleCame(board.company, ann.id());
        assertThat(board.state(ann)).isEqualTo(AgentState.AVAILABLE);
    }

    @Test
    void aConsoleLostInACallDoesNotEndItWhileTheAudioGoesOn() {
        Principal.User ann = board.agent("Ann", board.queue());
        Principal.Visitor caller = board.caller("Carla");
        board.calls.answer(ann, caller.call());
        board.visitors.media(caller, "connected", 4.2);
        board.agents.consoleWent(board.company, ann.id(), false);
        board.pass(Duration.ofSeconds(120));
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.ACTIVE);
        assertThat(board.state(ann)).isEqualTo(AgentState.ON_CALL);

        board.visitors.media(caller, "failed", null);
        board.pass(Duration.ofSeconds(1));
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.QUEUED);
        assertThat(board.call(caller).position()).isEqualTo(1);
        assertThat(board.state(ann)).isEqualTo(AgentState.UNREACHABLE);
        assertThat(board.visitors.current(caller).status()).isEqualTo("waiting");
    }

    @Test
    void aCallerWhoseSocketIsLostWhileWaitingIsAbandonedAfterFifteenSeconds() {
        board.queue();
        Principal.Visitor caller = board.caller("Carla");
        board.visitors.went(caller);
        board.pass(Duration.ofSeconds(14));
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.QUEUED);
        board.visitors.came(caller);
        board.pass(Duration.ofSeconds(60));
        board.visitors.went(caller);
        board.pass(Duration.ofSeconds(15));
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.ABANDONED);
        assertThat(board.call(caller).endReason()).isEqualTo("callerLost");
    }

    @Test
    void aCallerWhoReloadsThePageWithinTenSecondsStaysInTheCall() {
        Principal.User ann = board.agent("Ann", board.queue());
        Principal.Visitor caller = board.caller("Carla");
        board.calls.answer(ann, caller.call());
        board.visitors.leave(caller);
        board.pass(Duration.ofSeconds(9));
        board.visitors.came(caller);
        board.pass(Duration.ofSeconds(30));
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.ACTIVE);
        board.visitors.leave(caller);
        board.pass(Duration.ofSeconds(10));
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.WRAP_UP);
        assertThat(board.call(caller).endReason()).isEqualTo("callerLost");
    }

    @Test
    void aCallerLostInACallIsKeptWhileTheAgentHearsThem() {
        Principal.User ann = board.agent("Ann", board.queue());
        Principal.Visitor caller = board.caller("Carla");
        board.calls.answer(ann, caller.call());
        board.calls.media(ann, caller.call(), "connected", null);
        board.visitors.went(caller);
        board.pass(Duration.ofSeconds(90));
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.ACTIVE);
        board.calls.media(ann, caller.call(), "failed", null);
        board.pass(Duration.ofSeconds(1));
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.WRAP_UP);
    }

    @Test
    void aServerRestartInMidCallLosesNothingAndGivesEverybodyTimeToComeBack() {
        QueueView queue = board.queue();
        Principal.User ann = board.agent("Ann", queue);
        Principal.User bob = board.agent("Bob", queue);
        Principal.User cyd = board.agent("Cyd", queue);
        Principal.Visitor talking = board.caller("Talking");
        board.calls.answer(ann, talking.call());
        Principal.Visitor written = board.caller("Written");
        board.calls.answer(bob, written.call());
        board.visitors.hangUp(written);
        Principal.Visitor ringing = board.caller("Ringing");
        assertThat(board.view(cyd).callId()).isEqualTo(ringing.call());

        board.restart();
        board.pass(Duration.ofSeconds(19));
        assertThat(board.call(talking).status()).isEqualTo(CallStatus.ACTIVE);
        assertThat(board.call(ringing).status()).isEqualTo(CallStatus.RINGING);
        board.agents.consoleCame(board.company, ann.id());
        board.agents.consoleCame(board.company, cyd.id());
        board.visitors.came(talking);
        board.visitors.came(ringing);
        board.calls.answer(cyd, ringing.call());
        board.pass(Duration.ofSeconds(12));
        assertThat(board.call(written).status()).as("the timer went on").isEqualTo(CallStatus.CLOSED);
        board.pass(Duration.ofSeconds(300));
        assertThat(board.call(talking).status()).isEqualTo(CallStatus.ACTIVE);
        assertThat(board.call(ringing).status()).isEqualTo(CallStatus.ACTIVE);
        assertThat(board.state(ann)).isEqualTo(AgentState.ON_CALL);
    }

    @Test
    void whoDoesNotComeBackAfterARestartIsGivenUp() {
        QueueView queue = board.queue();
        Principal.User ann = board.agent("Ann", queue);
        Principal.Visitor waiting = board.caller("Waiting");
        board.calls.answer(ann, waiting.call());
        Principal.Visitor gone = board.caller("Gone");
        board.restart();
        board.pass(Duration.ofSeconds(31));
        assertThat(board.call(gone).status()).isEqualTo(CallStatus.ABANDONED);
        board.pass(Duration.ofSeconds(31));
        assertThat(board.call(waiting).status()).isEqualTo(CallStatus.WRAP_UP);
    }

    @Test
    void aCallerIsGivenUpWhenNobodyComesForAnHour() {
        board.queue();
        Principal.Visitor caller = board.caller("Patient");
        board.pass(Duration.ofMinutes(61));
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.MISSED);
        assertThat(board.call(caller).endReason()).isEqualTo("noAgent");
    }

    @Test
    void onlyOneOfTwoAssignmentsWins() {
        QueueView queue = board.queue();
        Principal.User boss = board.user("Boss", dev.patchbay.model.Role.MANAGER);
        Principal.User ann = board.agent("Ann", queue);
        Principal.User bob = board.agent("Bob", queue);
        board.agents.choose(ann, AgentState.BREAK, null);
        board.agents.choose(bob, AgentState.BREAK, null);
        Principal.Visitor caller = board.caller("Carla");
        board.calls.assign(boss, caller.call(), ann.id());
        assertThatThrownBy(() -> board.calls.assign(boss, caller.call(), bob.id()))
                .hasMessageContaining("CALL_ALREADY_ASSIGNED");
        board.agents.choose(bob, AgentState.AVAILABLE, null);
        assertThat(board.state(bob)).isEqualTo(AgentState.AVAILABLE);
        board.agents.choose(ann, AgentState.AVAILABLE, null);
        assertThat(board.view(ann).callId()).isEqualTo(caller.call());
    }

    @Test
    void anAgentSeesNothingOfAnotherQueueOrCompany() {
        QueueView sales = board.queue();
        QueueView billing = board.queue("Billing", Strategy.LONGEST_IDLE, 30, false);
        Principal.User ann = board.agent("Ann", sales);
        Principal.Visitor caller = board.caller("Carla", billing);
        assertThatThrownBy(() -> board.calls.answer(ann, caller.call())).hasMessageContaining("NOT_FOUND");
        assertThatThrownBy(() -> board.calls.hangUp(ann, caller.call())).hasMessageContaining("NOT_FOUND");
        try (Switchboard other = new Switchboard()) {
            other.queue();
            Principal.Visitor foreign = other.caller("Foreign");
            assertThatThrownBy(() -> board.calls.answer(ann, foreign.call())).hasMessageContaining("NOT_FOUND");
        }
    }

    @Test
    void aBusyAgentCannotAnswerASecondCall() {
        QueueView queue = board.queue();
        Principal.User ann = board.agent("Ann", queue);
        Principal.Visitor first = board.caller("First");
        Principal.Visitor second = board.caller("Second");
        board.calls.answer(ann, first.call());
        assertThatThrownBy(() -> board.calls.answer(ann, second.call())).hasMessageContaining("AGENT_BUSY");
    }

    @Test
    void whatDoesNotFitTogetherIsHealedAndWrittenDown() {
        QueueView queue = board.queue();
        Principal.User ann = board.agent("Ann", queue);
        Principal.User bob = board.agent("Bob", queue);
        Principal.Visitor first = board.caller("First");
        board.calls.answer(ann, first.call());
        board.database.acrossCompanies(handle -> {
            handle.execute(
                    "update agent set state = 'onCall', call_id = ? where user_id = ?",
                    first.call().value(),
                    bob.id().value());
            return handle.execute(
                    "update agent set state = 'available', call_id = null where user_id = ?",
                    ann.id().value());
        });
        assertThat(board.violations()).isNotEmpty();
        assertThat(board.reconciler.tick()).isPositive();
        assertThat(board.violations()).isEmpty();
        assertThat(board.timeline(first.call())).contains("healed");
        assertThat(board.reconciler.tick()).isZero();
    }

    @Test
    void whoComesWhenAllLinesAreBusyIsAskedToTryLaterAndNobodyElseIsLost() {
        board.queue();
        for (int n = 0; n < VisitorCalls.MAX_WAITING; n++) {
            board.caller("Caller " + n);
        }
        assertThatThrownBy(() -> board.caller("One too many")).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.body().message()).contains("All lines are busy");
            assertThat(refusal.retryAfter()).isNotNull();
        });
        assertThat(board.count("select count(*) from call where status = 'queued'"))
                .isEqualTo(VisitorCalls.MAX_WAITING);
        assertThat(board.count("select max(place) from call")).isEqualTo(VisitorCalls.MAX_WAITING);
    }
}
