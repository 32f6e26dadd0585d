package dev.patchbay.server.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Lead;
import dev.patchbay.model.Role;
import dev.patchbay.server.NodeProcess;
import dev.patchbay.server.TestDatabase;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.TestServer.TestCompany;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.visitor.Until;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R3: agents claim leads at two nodes that are killed meanwhile, and send again what was not answered.
class ClaimsUnderKillsTest {
    private static final Duration LIMIT = Duration.ofMinutes(20);

    @TempDir
    Path folder;

    private final AtomicInteger retries = new AtomicInteger();
    private final AtomicInteger answersLost = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void eachLeadHasExactlyOneOwner() {
        int count = Size.of(200, 10_000);
        int agents = Size.of(6, 32);
        int kills = Size.of(1, 100);
        TestDatabase database = TestDatabase.fresh(TestDatabase.Kind.POSTGRESQL);
        try (TestServer home = TestServer.builder().on(database).realTime().start();
                NodeProcess one = new NodeProcess(database, folder.resolve("one"));
                NodeProcess other = new NodeProcess(database, folder.resolve("other"))) {
            TestCompany acme = home.company("Acme");
            TestUser manager = acme.user(Role.MANAGER);
            List<String> leads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                leads.add(manager.http()
                        .post("/leads", Map.of("name", "Lead " + i, "phone", "+14155552671"), Lead.class)
                        .id()
                        .toString());
            }
            Map<String, Set<String>> winners = new ConcurrentHashMap<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < agents; i++) {
                TestUser agent = acme.user(Role.AGENT);
                List<String> mine = new ArrayList<>(leads);
                Collections.shuffle(mine, new Random(i));
                List<URI> nodes = i % 2 == 0 ? List.of(one.url(), other.url()) : List.of(other.url(), one.url());
                threads.add(Thread.ofVirtual()
                        .start(() -> mine.forEach(lead -> {
                            if (claim(nodes, agent, lead)) {
                                winners.computeIfAbsent(lead, _ -> ConcurrentHashMap.newKeySet())
                                        .add(agent.id().toString());
                            }
                        })));
            }
            for (int i = 0; i < kills; i++) {
                int mark = (int) ((long) count * (i + 1) / (kills + 2));
                Until.happens("some are claimed", LIMIT, () -> winners.size() >= mark);
                NodeProcess victim = i % 2 == 0 ? one : other;
                victim.kill();
                victim.startAgain();
            }
            threads.forEach(thread -> {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(winners).hasSize(count);
            record Owned(String lead, String owner, long version) {}
            List<Owned> owned = home.database().acrossCompanies(handle -> handle.createQuery(
                            "select id, owner_id, version from lead where company_id = :company")
                    .bind("company", acme.id().value())
                    .map((row, _) -> new Owned(row.getString(1), row.getString(2), row.getLong(3)))
                    .list());
            assertThat(owned).hasSize(count).allSatisfy(lead -> {
                assertThat(winners.get(lead.lead())).containsExactly(lead.owner());
                assertThat(lead.version()).as("claimed once").isEqualTo(2);
            });
            Size.print(
                    "R3",
                    "%d leads, %d agents, 2 nodes, %d kills, %d claims: %d owners, 0 double, 0 lost; %d requests sent again, %d of which found their answer lost with the node and read the lead"
                            .formatted(
                                    count, agents, kills, asked.get(), owned.size(), retries.get(), answersLost.get()));
        } finally {
            database.drop();
        }
    }

    /// @return whether the lead is the agent's
    private boolean claim(List<URI> nodes, TestUser agent, String lead) {
        String key = "claim-" + lead;
        boolean won = false;
        boolean answered = false;
        for (int turn = 0; !answered; turn++) {
            TestHttp http = TestHttp.at(nodes.get(turn % 2), agent.token());
            try {
                TestHttp.Reply reply = http.with("Idempotency-Key", key).post("/leads/" + lead + "/claim", Map.of());
                if (reply.status() == 409 && reply.error().code().equals("ALREADY_DONE")) {
                    answersLost.incrementAndGet();
                    reply = http.get("/leads/" + lead);
                    won = reply.status() == 200
                            && agent.id()
                                    .toString()
                                    .equals(reply.json().path("ownerId").asText());
                    answered = reply.status() == 200;
                } else {
                    won = reply.status() == 200;
                    answered = reply.status() == 200 || reply.status() == 409;
                    assertThat(reply.status()).as(reply.text()).isIn(200, 409, 503);
                }
            } catch (UncheckedIOException e) {
                LockSupport.parkNanos(50_000_000);
            }
            if (!answered) {
                retries.incrementAndGet();
            }
        }
        asked.incrementAndGet();
        return won;
    }
}
