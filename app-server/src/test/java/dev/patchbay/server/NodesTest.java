package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.live.LiveClient;
import dev.patchbay.server.nodes.Nodes;
import dev.patchbay.server.visitor.Until;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two servers on one PostgreSQL.
class NodesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private TestDatabase database;
    private TestServer one;
    private TestServer other;
    private TestServer.TestCompany acme;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh(TestDatabase.Kind.POSTGRESQL);
        one = node();
        other = node();
        acme = one.company("Acme");
    }

    private TestServer node() {
        return TestServer.builder()
                .on(database)
                .with(Setting.DRAIN_TIME, "100ms")
                .realTime()
                .start();
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        database.drop();
    }

    private static LiveClient live(TestServer server, String token, Map<String, Object> more) {
        LiveClient client =
                new LiveClient(URI.create(server.url().toString().replaceFirst("^http", "ws") + "/live")).open();
        Map<String, Object> hello = new java.util.HashMap<>(more);
        hello.put("type", "hello");
        hello.put("token", token);
        client.say(hello);
        client.await("welcome");
        return client;
    }

    private static LiveClient live(TestServer server, TestUser user) {
        return live(server, user.token(), Map.of());
    }

    private static LiveClient phone(TestServer server, TestUser user) {
        return live(server, user.token(), Map.of("takesCalls", true));
    }

    private static TestHttp at(TestServer server, TestUser user) {
        return server.http(user.token());
    }

    private static Lead lead(TestServer server, TestUser user, String name) {
        return at(server, user).post("/leads", Map.of("name", name, "phone", "+14155552671"), Lead.class);
    }

    @Test
    void bothKnowOfEachOther() {
        Until.happens("both are listed", LIMIT, () -> one.server().nodes().running().stream()
                .map(Nodes.Node::address)
                .collect(java.util.stream.Collectors.toSet())
                .equals(Set.of(one.url().toString(), other.url().toString())));
    }

    @Test
    void aTokenOfOneIsGoodAtTheOther() {
        TestUser agent = acme.user(Role.AGENT);
        assertThat(at(other, agent).get("/leads").status()).isEqualTo(200);
    }

    @Test
    void whatHappensAtOneIsHeardAtTheOtherInOrder() {
        TestUser agent = acme.user(Role.AGENT);
        try (LiveClient console = live(other, agent)) {
            List<Long> took = new ArrayList<>();
            long last = 0;
            for (int i = 0; i < 30; i++) {
                lead(one, agent, "Lead " + i);
                long committed = System.nanoTime();
                JsonNode event = console.await("lead.created");
                took.add(System.nanoTime() - committed);
                assertThat(event.at("/data/lead/name").asText()).isEqualTo("Lead " + i);
                assertThat(event.path("seq").asLong()).isGreaterThan(last);
                last = event.path("seq").asLong();
            }
            took.sort(null);
            // The poll alone would take half a second.
            assertThat(Duration.ofNanos(took.get(15))).as("median").isLessThan(Duration.ofMillis(100));
        }
    }

    @Test
    void aClientThatMovesResumesWithoutGapOrRepetition() {
        TestUser agent = acme.user(Role.AGENT);
        List<Long> heard = new ArrayList<>();
        LiveClient console = live(one, agent);
        for (int i = 0; i < 5; i++) {
            lead(other, agent, "Lead " + i);
            heard.add(console.await("lead.created").path("seq").asLong());
        }
        console.cut();
        for (int i = 5; i < 10; i++) {
            lead(one, agent, "Lead " + i);
        }
        try (LiveClient again = live(other, agent.token(), Map.of("after", heard.getLast()))) {
            for (int i = 5; i < 15; i++) {
                if (i >= 10) {
                    lead(i % 2 == 0 ? one : other, agent, "Lead " + i);
                }
                JsonNode event = again.await("lead.created");
                assertThat(event.at("/data/lead/name").asText()).isEqualTo("Lead " + i);
                heard.add(event.path("seq").asLong());
            }
        }
        assertThat(heard).isSorted().doesNotHaveDuplicates().hasSize(15);
    }

    @Test
    void aSignInThatEndsAtOneClosesItsSocketsAtTheOtherAtOnce() {
        TestUser agent = acme.user(Role.AGENT);
        try (LiveClient console = live(other, agent)) {
            long begin = System.nanoTime();
            assertThat(at(one, agent).post("/auth/logout", Map.of()).status()).isEqualTo(204);
            assertThat(console.awaitClose()).isEqualTo(4001);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        }
        assertThat(at(other, agent).get("/leads").status()).isEqualTo(401);
    }

    @Test
    void ofThirtyTwoWhoClaimAtBothNodesEachLeadHasOneWinner() throws InterruptedException {
        TestUser manager = acme.user(Role.MANAGER);
        List<LeadId> leads = IntStream.range(0, 60)
                .mapToObj(i -> lead(one, manager, "Lead " + i).id())
                .toList();
        List<TestUser> users =
                IntStream.range(0, 8).mapToObj(_ -> acme.user(Role.AGENT)).toList();
        Map<LeadId, Set<String>> winners = new ConcurrentHashMap<>();
        AtomicInteger lost = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            TestUser user = users.get(i % users.size());
            TestServer server = i % 2 == 0 ? one : other;
            // Each user asks from both nodes: the same claim again is no second winner.
            threads.add(Thread.ofVirtual()
                    .start(() -> leads.forEach(lead -> {
                        TestHttp.Reply reply = at(server, user).post("/leads/" + lead + "/claim", Map.of());
                        if (reply.status() == 200) {
                            winners.computeIfAbsent(lead, _ -> ConcurrentHashMap.newKeySet())
                                    .add(user.id().toString());
                        } else {
                            assertThat(reply.error().code()).isEqualTo("LEAD_ALREADY_CLAIMED");
                            lost.incrementAndGet();
                        }
                    })));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(winners).hasSize(60).allSatisfy((_, owners) -> assertThat(owners)
                .hasSize(1));
        assertThat(lost.get()).isEqualTo(60 * 28);
    }

    @Test
    void aRequestSentAgainToAnotherNodeGetsTheFirstAnswer() {
        TestUser agent = acme.user(Role.AGENT);
        Map<String, Object> person = Map.of("name", "Once", "phone", "+14155552671");
        Lead first = at(one, agent).with("Idempotency-Key", "k1").post("/leads", person, Lead.class);
        Lead again = at(other, agent).with("Idempotency-Key", "k1").post("/leads", person, Lead.class);
        assertThat(again.id()).isEqualTo(first.id());
        try (LiveClient console = live(one, agent);
                LiveClient moved = live(other, agent)) {
            JsonNode answer = console.ask("lead.create", "c-1", person);
            assertThat(moved.ask("lead.create", "c-1", person).at("/data/id")).isEqualTo(answer.at("/data/id"));
        }
        assertThat(at(one, agent).get("/leads").json().at("/items")).hasSize(2);
    }

    private boolean connected(TestUser agent) {
        return one.database()
                .acrossCompanies(handle -> handle.createQuery("select connected from agent where user_id = :user")
                        .bind("user", agent.id())
                        .mapTo(Boolean.class)
                        .findOne()
                        .orElse(false));
    }

    @Test
    void anAgentWhoMovesToTheOtherNodeStaysOnTheLine() {
        TestUser agent = acme.user(Role.AGENT);
        LiveClient before = phone(one, agent);
        Until.happens("on the line", LIMIT, () -> connected(agent));
        LiveClient after = phone(other, agent);
        Until.happens("on two lines", LIMIT, () -> lines(agent) == 2);
        before.close();
        Until.happens("the first node has noticed", LIMIT, () -> lines(agent) == 1);
        assertThat(connected(agent)).isTrue();
        after.close();
        Until.happens("gone from both", LIMIT, () -> !connected(agent));
    }

    private long lines(TestUser agent) {
        return one.database()
                .acrossCompanies(handle -> handle.createQuery("select count(*) from node_line where subject = :user")
                        .bind("user", agent.id())
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void aNodeThatLeavesHandsItsLinesOver() {
        TestUser stays = acme.user(Role.AGENT);
        TestUser moves = acme.user(Role.AGENT);
        try (LiveClient near = phone(one, stays);
                LiveClient far = phone(other, moves)) {
            Until.happens("both on the line", LIMIT, () -> connected(stays) && connected(moves));
            other.close();
            assertThat(far.awaitClose()).isEqualTo(1012);
            Until.happens("the rest takes over", LIMIT, () -> !connected(moves));
            assertThat(connected(stays)).isTrue();
            assertThat(near.isOpen()).isTrue();
        } finally {
            other = node();
        }
    }
}
