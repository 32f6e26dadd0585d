package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.live.LiveClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What people do with their own account: sessions and passwords.
class AccountTest {
    private static final int SIGNED_OUT = 4001;
    private static TestServer server;
    private static TestServer.TestCompany acme;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        acme = server.company("Acme");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static LiveClient live(TestServer.TestUser user) {
        LiveClient client = new LiveClient(URI.create(server.url().toString().replaceFirst("^http", "ws") + "/live"));
        client.open();
        client.say(Map.of("type", "hello", "token", user.token(), "topics", List.of("calls")));
        client.await("welcome");
        return client;
    }

    @Test
    void signingOutClosesTheSocketsOfThisSignInAndNoOther() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        TestServer.TestUser elsewhere = agent.again();
        try (LiveClient here = live(agent);
                LiveClient there = live(elsewhere)) {
            assertThat(agent.http().below("/api").post("/auth/logout").status()).isEqualTo(204);
            assertThat(here.awaitClose()).isEqualTo(SIGNED_OUT);
            assertThat(agent.http().get("/auth/profile").status()).isEqualTo(401);
            assertThat(elsewhere.http().get("/auth/profile").status()).isEqualTo(200);
            there.ask("ping", Map.of());
        }
    }

    @Test
    void switchingAUserOffClosesTheirSocketsAtOnce() {
        TestServer.TestUser admin = acme.user(Role.ADMIN);
        TestServer.TestUser agent = acme.user(Role.AGENT);
        try (LiveClient here = live(agent)) {
            admin.http().put("/users/" + agent.id(), Map.of("active", false));
            assertThat(here.awaitClose()).isEqualTo(SIGNED_OUT);
            assertThat(agent.http().get("/auth/profile").status()).isEqualTo(401);
        }
    }

    @Test
    void sessionsAreListedWithWhereTheyComeFromAndWhichIsThisOne() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        TestHttp.Reply login = server.http()
                .with("User-Agent", "Patchbay console on Linux")
                .post("/auth/login", Map.of("email", agent.email(), "password", TestServer.PASSWORD));
        String token = login.json().get("accessToken").asText();
        JsonNode items = server.http(token).get("/auth/sessions").json().get("items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).get("current").asBoolean()).isTrue();
        assertThat(items.get(0).get("device").asText()).isEqualTo("Patchbay console on Linux");
        assertThat(items.get(0).get("address").asText()).isNotEmpty();
        assertThat(items.get(1).get("current").asBoolean()).isFalse();
        assertThat(items.toString()).doesNotContain("hash").doesNotContain("token");
    }

    @Test
    void anotherOfTheOwnSessionsIsEndedAtOnceOnRestAndSockets() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        TestServer.TestUser lost = agent.again();
        String id = "";
        for (JsonNode item : lost.http().get("/auth/sessions").json().get("items")) {
            id = item.get("current").asBoolean() ? item.get("id").asText() : id;
        }
        try (LiveClient there = live(lost)) {
            assertThat(agent.http().delete("/auth/sessions/" + id).status()).isEqualTo(204);
            assertThat(there.awaitClose()).isEqualTo(SIGNED_OUT);
        }
        assertThat(lost.http().get("/auth/profile").status()).isEqualTo(401);
        assertThat(agent.http().get("/auth/profile").status()).isEqualTo(200);
        assertThat(agent.http().delete("/auth/sessions/" + id).status()).isEqualTo(404);
    }

    @Test
    void aColleaguesSessionIsAbsent() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        TestServer.TestUser boss = acme.user(Role.ADMIN);
        String id = agent.http().get("/auth/sessions").json().at("/items/0/id").asText();
        assertThat(boss.http().delete("/auth/sessions/" + id).status()).isEqualTo(404);
        assertThat(agent.http().get("/auth/profile").status()).isEqualTo(200);
    }

    @Test
    void allOtherSessionsEndWithOneWord() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        List<TestServer.TestUser> others = List.of(agent.again(), agent.again(), agent.again());
        assertThat(agent.http().delete("/auth/sessions").status()).isEqualTo(204);
        others.forEach(
                other -> assertThat(other.http().get("/auth/profile").status()).isEqualTo(401));
        assertThat(agent.http().get("/auth/sessions").json().get("items")).hasSize(1);
    }

    @Test
    void aSignInThatNobodyUsedForAWeekIsNotListed() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        server.clock().tick(Duration.ofDays(8));
        assertThat(agent.again().http().get("/auth/sessions").json().get("items"))
                .hasSize(1);
    }

    @Test
    void aNewPasswordNeedsTheOldOneAndEndsTheOtherSignIns() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        TestServer.TestUser elsewhere = agent.again();
        TestHttp.Reply wrong =
                agent.http().post("/auth/password", Map.of("current", "not it", "password", "another good one"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.error().errors().getFirst().field()).isEqualTo("current");
        TestHttp.Reply weak =
                agent.http().post("/auth/password", Map.of("current", TestServer.PASSWORD, "password", "sunshine"));
        assertThat(weak.status()).isEqualTo(400);
        assertThat(weak.error().errors().getFirst().field()).isEqualTo("password");
        assertThat(agent.http()
                        .post("/auth/password", Map.of("current", TestServer.PASSWORD, "password", "another good one"))
                        .status())
                .isEqualTo(204);
        assertThat(agent.http().get("/auth/profile").status()).isEqualTo(200);
        assertThat(elsewhere.http().get("/auth/profile").status()).isEqualTo(401);
        assertThat(server.http()
                        .post("/auth/login", Map.of("email", agent.email(), "password", "another good one"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theOwnPasswordCannotBeGuessedWithAStolenSession() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        for (int i = 0; i < 10; i++) {
            agent.http().post("/auth/password", Map.of("current", "guess " + i, "password", "another good one"));
        }
        assertThat(agent.http()
                        .post("/auth/password", Map.of("current", TestServer.PASSWORD, "password", "another good one"))
                        .status())
                .isEqualTo(429);
    }
}
