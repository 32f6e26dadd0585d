package dev.patchbay.server.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Role;
import dev.patchbay.server.Balancer;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestDatabase;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.TestServer.TestCompany;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.live.ResumingClient;
import dev.patchbay.server.visitor.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// R8: two nodes behind a balancer are restarted in turn under load.
class RollingRestartsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicBoolean open = new AtomicBoolean(true);

    @Test
    void noRequestIsLostAndEverySocketComesBack() throws Exception {
        int restarts = Size.of(4, 50);
        int clients = Size.of(12, 200);
        TestDatabase database = TestDatabase.fresh(TestDatabase.Kind.POSTGRESQL);
        List<ResumingClient> consoles = new ArrayList<>();
        try (TestServer one = node(database);
                TestServer other = node(database);
                Balancer balancer = new Balancer(List.of(one.url(), other.url()))) {
            TestCompany acme = one.company("Acme");
            TestUser manager = acme.user(Role.MANAGER);
            for (int i = 0; i < clients; i++) {
                consoles.add(new ResumingClient(
                        List.of(balancer.url()), acme.user(Role.AGENT).token()));
            }
            consoles.forEach(console -> Until.happens("every console is there", LIMIT, console::isThere));
            List<Thread> load = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                TestHttp http = TestHttp.at(balancer.url(), manager.token());
                load.add(Thread.ofVirtual().start(() -> ask(http)));
            }
            for (int i = 0; i < restarts; i++) {
                int before = answered.get();
                TestServer node = i % 2 == 0 ? one : other;
                node.restart();
                Until.happens("the balancer sees it again", LIMIT, () -> balancer.sees(node.url()));
                Until.happens("the load goes on", LIMIT, () -> answered.get() > before + 50);
                consoles.forEach(console -> Until.happens("every console is there", LIMIT, console::isThere));
            }
            open.set(false);
            for (Thread thread : load) {
                thread.join();
            }
            assertThat(lost).isEmpty();
            long last = one.database().lastSeq(acme.id());
            List<Long> events = one.database().acrossCompanies(handle -> handle.createQuery(
                            "select seq from event where company_id = :company and type = 'lead.created' order by seq")
                    .bind("company", acme.id().value())
                    .mapTo(Long.class)
                    .list());
            consoles.forEach(console -> {
                Until.happens("all events have come", LIMIT, () -> console.last() == last);
                assertThat(console.wrongs()).isEmpty();
                assertThat(console.numbers()).isEqualTo(events);
                assertThat(console.codes()).as("close codes").allMatch(code -> code == 1012 || code == -1);
            });
            List<Duration> gaps = consoles.stream()
                    .flatMap(console -> console.gaps().stream())
                    .toList();
            assertThat(gaps).isNotEmpty();
            Size.print(
                    "R8",
                    "%d restarts of 2 nodes, %d requests: 0 lost; %d sockets closed with 1012 and back, p99 %d ms; %d events each, none lost"
                            .formatted(restarts, answered.get(), gaps.size(), Size.millis(gaps, 0.99), events.size()));
        } finally {
            consoles.forEach(ResumingClient::close);
            database.drop();
        }
    }

    private static TestServer node(TestDatabase database) {
        return TestServer.builder()
                .on(database)
                .with(Setting.DRAIN_TIME, Size.of(1, 5) + "s")
                .realTime()
                .start();
    }

    private void ask(TestHttp http) {
        for (int turn = 0; open.get(); turn++) {
            String what = turn % 3 == 0 ? "POST" : "GET";
            try {
                TestHttp.Reply reply = what.equals("POST")
                        ? http.post("/leads", Map.of("name", "Lead " + turn, "phone", "+14155552671"))
                        : http.get("/leads?limit=3");
                if (reply.status() >= 300) {
                    lost.add(what + " answered " + reply.status() + " " + reply.text());
                }
            } catch (RuntimeException e) {
                lost.add(what + " failed: " + e);
            }
            answered.incrementAndGet();
        }
    }
}
