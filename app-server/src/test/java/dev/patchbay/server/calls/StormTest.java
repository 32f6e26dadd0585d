package dev.patchbay.server.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.CallId;
import dev.patchbay.model.QueueView;
import dev.patchbay.model.Strategy;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;

/// Ten agents and twenty callers who do anything at any time.
class StormTest {
    private static final int CALLERS = 20;

    private final AtomicReferenceArray<Principal.Visitor> callers = new AtomicReferenceArray<>(CALLERS);

    /// How long the storm lasts.
    int steps() {
        return 5_000;
    }

    private List<Principal.User> people(Switchboard board) {
        QueueView sales = board.queue();
        QueueView billing = board.queue("Billing", Strategy.RING_ALL, 0, false);
        QueueView support = board.queue("Support", Strategy.ROUND_ROBIN, null, false);
        List<Principal.User> agents = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            agents.add(
                    n % 2 == 0
                            ? board.agent("Agent " + n, sales, billing, support)
                            : board.agent("Agent " + n, billing, n % 3 == 0 ? sales : support));
        }
        return agents;
    }

    @Test
    void noOrderOfCommandsBreaksWhatMustHold() {
        try (Switchboard board = new Switchboard()) {
            List<Principal.User> agents = people(board);
            Random random = new Random(2026);
            for (int step = 0; step < steps(); step++) {
                String did = act(board, agents, random);
                assertThat(board.violations())
                        .as("after step %d: %s", step, did)
                        .isEmpty();
            }
            assertThat(board.count("select count(*) from call where answered_at is not null"))
                    .isGreaterThan(steps() / 100);
            assertThat(board.reconciler.heal()).isZero();
        }
    }

    @Test
    void nothingBreaksWhenAllActAtOnce() throws Exception {
        try (Switchboard board = new Switchboard(24);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Principal.User> agents = people(board);
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                running.add(threads.submit(() -> {
                    for (int step = 0; step < 150; step++) {
                        act(board, agents, ThreadLocalRandom.current());
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            assertThat(board.violations()).isEmpty();
            assertThat(board.reconciler.heal()).isZero();
        }
    }

    private String act(Switchboard board, List<Principal.User> agents, Random random) {
        int which = random.nextInt(CALLERS);
        Principal.Visitor caller = callers.get(which);
        Principal.User agent = agents.get(random.nextInt(agents.size()));
        int what = random.nextInt(22);
        try {
            if (caller == null || board.call(caller).endedAt() != null && random.nextInt(4) == 0) {
                callers.set(which, board.caller("Caller " + which));
                return "call";
            }
            CallId theirs = board.view(agent).callId();
            CallId call = random.nextInt(3) == 0 || theirs == null ? caller.call() : theirs;
            switch (what) {
                case 0, 1, 2, 3 -> board.calls.answer(agent, call);
                case 4 -> board.calls.decline(agent, call);
                case 5, 6 -> board.calls.hangUp(agent, call);
                case 7 -> board.calls.hold(agent, call, random.nextBoolean());
                case 8, 9 -> board.calls.wrapUp(agent, call, null, "done");
                case 10, 11, 12 -> board.agents.choose(agent, AgentState.AVAILABLE, null);
                case 13 -> board.agents.choose(agent, AgentState.BREAK, "Lunch");
                case 14 -> board.agents.chooseNext(agent, AgentState.OFFLINE, null);
                case 15 -> board.agents.consoleWent(board.company, agent.id(), random.nextBoolean());
                case 16 -> board.agents.consoleCame(board.company, agent.id());
                case 17 -> board.visitors.hangUp(caller);
                case 18 -> board.visitors.leave(caller);
                case 19 -> board.visitors.came(caller);
                case 20 -> board.calls.next(agent);
                default -> board.pass(Duration.ofSeconds(random.nextInt(12)));
            }
        } catch (Refusal refusal) {
            return what + " refused: " + refusal.getMessage();
        }
        return what + " of " + agent.me().name() + " and caller " + which;
    }
}
