package dev.patchbay.desktop.controls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FxInboxTest {
    private final ConcurrentLinkedQueue<Runnable> turns = new ConcurrentLinkedQueue<>();
    private final List<List<Integer>> read = new ArrayList<>();
    private final FxInbox<Integer> inbox = new FxInbox<>(read::add, turns::add);

    @Test
    void aBurstCostsOneTurnAndKeepsItsOrder() {
        IntStream.range(0, 10_000).forEach(inbox::put);
        assertThat(turns).hasSize(1);
        turns.remove().run();
        assertThat(read).containsExactly(IntStream.range(0, 10_000).boxed().toList());
    }

    @Test
    void nothingIsLeftLyingWhateverTheThreads() throws InterruptedException {
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(t ->
                        Thread.ofVirtual().start(() -> IntStream.range(0, 1_000).forEach(inbox::put)))
                .toList();
        while (threads.stream().anyMatch(Thread::isAlive)) {
            Runnable turn = turns.poll();
            if (turn != null) {
                turn.run();
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (Runnable turn = turns.poll(); turn != null; turn = turns.poll()) {
            turn.run();
        }
        assertThat(read.stream().mapToInt(List::size).sum()).isEqualTo(8_000);
    }
}
