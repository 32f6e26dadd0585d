package dev.patchbay.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.CompanyId;
import dev.patchbay.server.store.StoredEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Doorbells that ring late, out of order, twice, without events or not at all: clients get every event once, in order.
@Timeout(60)
class DoorbellTest {
    private record Rung(CompanyId company, List<StoredEvent> events) {}

    /// Keeps what was committed, for the test to ring as it likes.
    private static final class Held {
        final List<Rung> rings = new CopyOnWriteArrayList<>();
        Doorbell.Ring ring = (_, _) -> {};

        void ring(int index) {
            ring.rung(rings.get(index).company(), rings.get(index).events());
        }
    }

    private static LiveServer server(Limits limits, Held held) {
        return new LiveServer(limits, InstantSource.system(), database -> ring -> {
            held.ring = ring;
            database.onCommit((company, events) -> held.rings.add(new Rung(company, events)));
        });
    }

    private static List<Long> numbers(LiveClient console, int count) {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(console.await("lead.created").path("seq").asLong());
        }
        return numbers;
    }

    @Test
    void commitsRungOutOfOrderAndTwiceArriveOnceAndInOrder() {
        Held held = new Held();
        try (LiveServer server = server(Limits.usual(), held)) {
            CompanyId acme = server.company("acme");
            LiveClient console = server.console(server.passes.agent(acme));
            for (int i = 0; i < 6; i++) {
                server.happen(acme, "lead " + i);
            }
            for (int index : List.of(1, 0, 0, 5, 3, 4, 2, 1)) {
                held.ring(index);
            }
            assertThat(numbers(console, 6))
                    .isEqualTo(LongStream.rangeClosed(1, 6).boxed().toList());
            console.ask("ping", null);
            assertThat(console.drain()).isEmpty();
        }
    }

    @Test
    void aRingWithoutItsEventsHasTheLogRead() {
        Held held = new Held();
        try (LiveServer server = server(Limits.usual(), held)) {
            CompanyId acme = server.company("acme");
            LiveClient console = server.console(server.passes.agent(acme));
            server.happen(acme, "one");
            server.happen(acme, "two");
            held.ring.rung(acme, List.of());
            assertThat(numbers(console, 2)).containsExactly(1L, 2L);
        }
    }

    @Test
    void whatADoorbellNeverRangForComesByThePoll() {
        try (LiveServer server = server(LiveServer.hasty(), new Held())) {
            CompanyId acme = server.company("acme");
            LiveClient console = server.console(server.passes.agent(acme));
            server.happen(acme, "one");
            assertThat(numbers(console, 1)).containsExactly(1L);
        }
    }
}
