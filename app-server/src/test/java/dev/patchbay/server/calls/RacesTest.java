package dev.patchbay.server.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallId;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.QueueView;
import dev.patchbay.model.Strategy;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One winner, counted.
class RacesTest {
    private final Switchboard board = new Switchboard(24);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void invariantsHold() {
        assertThat(board.violations()).isEmpty();
        threads.close();
        board.close();
    }

    /// Runs all at once; a refusal is an outcome, everything else a failure.
    private <T> List<Object> together(List<Callable<T>> tasks) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<T>> running = tasks.stream()
                .map(task -> threads.submit(() -> {
                    start.await();
                    return task.call();
                }))
                .toList();
        start.countDown();
        List<Object> outcomes = new ArrayList<>();
        for (Future<T> one : running) {
            try {
                outcomes.add(one.get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof Refusal refusal)) {
                    throw new AssertionError(e.getCause());
                }
                outcomes.add(refusal);
            }
        }
        return outcomes;
    }

    @ParameterizedTest
    @CsvSource({"2, 300", "10, 40"})
    void ofAgentsWhoAnswerAtOnceExactlyOneWins(int agents, int rounds) throws InterruptedException {
        QueueView queue = board.queue("Sales", Strategy.RING_ALL, 0, false);
        List<Principal.User> all = board.agents(agents, queue);
        for (int round = 0; round < rounds; round++) {
            Principal.Visitor caller = board.caller("Caller " + round);
            List<Callable<Calls.Answered>> answers = all.stream()
                    .<Callable<Calls.Answered>>map(agent -> () -> board.calls.answer(agent, caller.call()))
                    .toList();
            List<Object> outcomes = together(answers);
            List<Calls.Answered> won = outcomes.stream()
                    .filter(Calls.Answered.class::isInstance)
                    .map(Calls.Answered.class::cast)
                    .toList();
            assertThat(won).hasSize(1);
            String winner = String.valueOf(won.getFirst().call().agentName());
            assertThat(outcomes.stream().filter(Refusal.class::isInstance).map(Refusal.class::cast))
                    .hasSize(agents - 1)
                    .allSatisfy(lost -> {
                        assertThat(lost.body().code()).isEqualTo("CALL_ALREADY_ANSWERED");
                        assertThat(lost.body().message()).contains(winner);
                    });
            board.visitors.hangUp(caller);
        }
        assertThat(board.count("select count(*) from agent where state = 'missed'"))
                .isZero();
        assertThat(board.count("select count(*) from agent where state = 'available'"))
                .isEqualTo(agents);
    }

    @Test
    void twentyWhoTakeTheNextOfTenCallsGetTenDistinctOnes() throws InterruptedException {
        QueueView queue = board.queue();
        List<Principal.User> all = board.agents(20, queue);
        all.forEach(agent -> board.agents.choose(agent, AgentState.BREAK, null));
        List<CallId> calls = IntStream.range(0, 10)
                .mapToObj(n -> board.caller("Caller " + n).call())
                .toList();
        List<Callable<Optional<Call>>> takes = all.stream()
                .<Callable<Optional<Call>>>map(agent -> () -> board.calls.next(agent))
                .toList();
        List<CallId> taken = together(takes).stream()
                .map(Optional.class::cast)
                .filter(Optional::isPresent)
                .map(call -> ((Call) call.get()).id())
                .toList();
        assertThat(taken).containsExactlyInAnyOrderElementsOf(calls);
    }

    @Test
    void anAnswerThatMeetsAHangUpNeverLeavesAZombie() throws InterruptedException {
        QueueView queue = board.queue("Sales", Strategy.LONGEST_IDLE, 0, false);
        Principal.User ann = board.agent("Ann", queue);
        for (int round = 0; round < 150; round++) {
            Principal.Visitor caller = board.caller("Caller " + round);
            together(List.of(() -> board.calls.answer(ann, caller.call()), () -> board.visitors.leave(caller)));
            Call call = board.call(caller);
            if (call.status() == CallStatus.ACTIVE) {
                board.visitors.hangUp(caller);
            } else {
                assertThat(call.status()).isEqualTo(CallStatus.ABANDONED);
            }
            assertThat(board.state(ann)).isEqualTo(AgentState.AVAILABLE);
        }
    }

    @Test
    void aHundredCallsLeaveNothingBehind() {
        QueueView queue = board.queue("Sales", Strategy.LONGEST_IDLE, 0, false);
        List<Principal.User> all = board.agents(3, queue);
        for (int n = 0; n < 100; n++) {
            Principal.Visitor caller = board.caller("Caller " + n);
            Principal.User at = all.stream()
                    .filter(agent -> caller.call().equals(board.view(agent).callId()))
                    .findFirst()
                    .orElseThrow();
            board.calls.answer(at, caller.call());
            board.pass(Duration.ofSeconds(1));
            board.calls.hangUp(at, caller.call());
        }
        assertThat(board.count("select count(*) from call where status <> 'closed'"))
                .isZero();
        assertThat(board.count("select count(*) from participant where status <> 'left'"))
                .isZero();
        assertThat(board.count("select count(*) from agent where state <> 'available' or call_id is not null"))
                .isZero();
        assertThat(board.count("select count(*) from call where due_at is not null"))
                .isZero();
        assertThat(board.count(
                        "select max(c) - min(c) from (select agent_id, count(*) c from call group by agent_id) x"))
                .as("longest idle shares the work")
                .isLessThanOrEqualTo(1);
    }
}
