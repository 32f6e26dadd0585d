package dev.patchbay.server.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.QueueView;
import dev.patchbay.model.Strategy;
import dev.patchbay.server.access.Principal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoutingTest {
    private final Switchboard board = new Switchboard();

    @AfterEach
    void invariantsHold() {
        assertThat(board.violations()).isEmpty();
        board.close();
    }

    private Principal.User take(Principal.Visitor caller, Principal.User... agents) {
        Principal.User at = List.of(agents).stream()
                .filter(agent -> caller.call().equals(board.view(agent).callId()))
                .findFirst()
                .orElseThrow();
        board.calls.answer(at, caller.call());
        board.pass(Duration.ofSeconds(5));
        board.visitors.hangUp(caller);
        return at;
    }

    @Test
    void theLongestIdleIsAskedFirst() {
        QueueView queue = board.queue("Sales", Strategy.LONGEST_IDLE, 0, false);
        Principal.User ann = board.agent("Ann", queue);
        Principal.User bob = board.agent("Bob", queue);
        assertThat(take(board.caller("1"), ann, bob)).isEqualTo(ann);
        assertThat(take(board.caller("2"), ann, bob)).isEqualTo(bob);
        assertThat(take(board.caller("3"), ann, bob)).isEqualTo(ann);
    }

    @Test
    void theOneWithTheFewestCallsIsAskedFirst() {
        QueueView queue = board.queue("Sales", Strategy.FEWEST_CALLS, 0, false);
        Principal.User ann = board.agent("Ann", queue);
        assertThat(take(board.caller("1"), ann)).isEqualTo(ann);
        Principal.User bob = board.agent("Bob", queue);
        assertThat(take(board.caller("2"), ann, bob)).isEqualTo(bob);
    }

    @Test
    void roundRobinAsksEachInTurn() {
        QueueView queue = board.queue("Sales", Strategy.ROUND_ROBIN, 0, false);
        Principal.User ann = board.agent("Ann", queue);
        Principal.User bob = board.agent("Bob", queue);
        Principal.User cyd = board.agent("Cyd", queue);
        assertThat(List.of(
                        take(board.caller("1"), ann, bob, cyd),
                        take(board.caller("2"), ann, bob, cyd),
                        take(board.caller("3"), ann, bob, cyd),
                        take(board.caller("4"), ann, bob, cyd)))
                .containsExactly(ann, bob, cyd, ann);
    }

    @Test
    void whoBecomesFreeWhileEverybodyRingsRingsToo() {
        QueueView queue = board.queue("Sales", Strategy.RING_ALL, 0, false);
        Principal.User ann = board.agent("Ann", queue);
        Principal.Visitor caller = board.caller("Carla");
        Principal.User bob = board.agent("Bob", queue);
        assertThat(board.view(bob).callId()).isEqualTo(caller.call());
        board.calls.answer(bob, caller.call());
        assertThat(board.state(ann)).isEqualTo(AgentState.AVAILABLE);
    }

    @Test
    void aCallGoesToNobodyWithoutTheSkill() {
        QueueView queue = board.queues.create(
                board.company, new Queues.Rules("Spanish", Strategy.LONGEST_IDLE, 20, 0, false, List.of("ES"), null));
        Principal.User ann = board.agent("Ann", queue);
        Principal.Visitor caller = board.caller("Carla", queue);
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.QUEUED);
        board.rules.change(board.company, ann.id(), new AgentRules.Change(List.of("ES", " es "), null, null, null));
        assertThat(board.view(ann).callId()).isEqualTo(caller.call());
    }

    @Test
    void nobodyWithoutAConsoleIsAsked() {
        QueueView queue = board.queue();
        Principal.User ann = board.agent("Ann", queue);
        board.agents.consoleWent(board.company, ann.id(), false);
        Principal.Visitor caller = board.caller("Carla");
        assertThat(board.call(caller).status()).isEqualTo(CallStatus.QUEUED);
        board.agents.consoleCame(board.company, ann.id());
        assertThat(board.view(ann).callId()).isEqualTo(caller.call());
    }

    @Test
    void everybodyWhoWaitsIsToldTheirNewPlaceAndNobodyElseIs() {
        board.queue();
        Principal.Visitor first = board.caller("1");
        Principal.Visitor second = board.caller("2");
        Principal.Visitor third = board.caller("3");
        assertThat(board.visitors.current(third).position()).isEqualTo(3);
        long before = board.database.lastSeq(board.company);
        board.visitors.leave(second);
        assertThat(board.visitors.current(first).position()).isEqualTo(1);
        assertThat(board.visitors.current(third).position()).isEqualTo(2);
        assertThat(board.database.eventsAfter(board.company, before, 100))
                .filteredOn(event -> event.type().equals("visitor.updated"))
                .extracting(event -> event.audience().text())
                .containsExactlyInAnyOrder("visitor:" + second.participant(), "visitor:" + third.participant());
    }

    @Test
    void theWaitIsUnknownWithoutAgentsAndShorterWithMore() {
        QueueView queue = board.queue();
        Principal.Visitor caller = board.caller("1");
        assertThat(board.visitors.current(caller).expectedWaitSeconds()).isNull();
        Principal.User ann = board.agent("Ann", queue);
        board.calls.answer(ann, caller.call());
        Principal.Visitor second = board.caller("2");
        assertThat(board.visitors.current(second).expectedWaitSeconds()).isEqualTo(180);
    }

    @Test
    void aQueueTellsWhatChangedOnItAndOnlyThen() {
        QueueView queue = board.queue();
        Principal.User ann = board.agent("Ann", queue);
        Principal.Visitor caller = board.caller("1");
        board.calls.answer(ann, caller.call());
        long before = board.database.lastSeq(board.company);
        board.calls.hold(ann, caller.call(), true);
        board.calls.notes(ann, caller.call(), "x");
        assertThat(board.database.eventsAfter(board.company, before, 100))
                .extracting(event -> event.type())
                .containsExactly("call.held", "visitor.updated", "call.updated");
    }
}
