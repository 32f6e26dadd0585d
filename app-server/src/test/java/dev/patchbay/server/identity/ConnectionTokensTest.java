package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Role;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.live.LiveClient;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConnectionTokensTest {
    private static final TestServer SERVER = TestServer.start();
    private static final TestServer.TestCompany ACME = SERVER.company("Acme");
    private static final TestServer.TestCompany OTHER = SERVER.company("Other");

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static UUID session(TestServer.TestUser user) {
        return ((Principal.User) SERVER.identity().authenticator().authenticate(user.token())).session();
    }

    private static Map<String, String> wish(TestServer.TestUser user) {
        return Map.of(
                "customer_id", user.company().id().toString(),
                "user_id", user.id().toString(),
                "session_id", session(user).toString());
    }

    private static LiveClient connect(String token) {
        LiveClient client = new LiveClient(URI.create(SERVER.url().toString().replaceFirst("^http", "ws") + "/live"));
        client.open();
        client.say(Map.of("type", "hello", "token", token, "topics", List.of("calls")));
        return client;
    }

    @Test
    void theTokenOpensASocketAndNothingElse() {
        TestServer.TestUser agent = ACME.user(Role.AGENT);
        TestHttp.Reply reply = agent.http().below("").post("/auth/token", wish(agent));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("expiresIn").asLong()).isEqualTo(300);
        String token = reply.json().get("token").asText();
        assertThat(SERVER.http(token).get("/auth/profile").status()).isEqualTo(401);
        try (LiveClient client = connect(token)) {
            assertThat(client.await("welcome").at("/user/id").asText())
                    .isEqualTo(agent.id().toString());
        }
    }

    @Test
    void aMissingFieldIsNamed() {
        TestServer.TestUser agent = ACME.user(Role.AGENT);
        for (String field : List.of("customer_id", "user_id", "session_id")) {
            Map<String, String> body = new HashMap<>(wish(agent));
            body.remove(field);
            TestHttp.Reply reply = agent.http().post("/auth/token", body);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error().errors().getFirst().field()).isEqualTo(field);
        }
    }

    @Test
    void anotherPersonsOrCompanysSessionIsRefused() {
        TestServer.TestUser agent = ACME.user(Role.AGENT);
        for (TestServer.TestUser foreign : List.of(ACME.user(Role.AGENT), OTHER.user(Role.AGENT), agent.again())) {
            for (String field : List.of("customer_id", "user_id", "session_id")) {
                Map<String, String> body = new HashMap<>(wish(agent));
                body.put(field, wish(foreign).get(field));
                boolean same = body.equals(wish(agent));
                assertThat(agent.http().post("/auth/token", body).status()).isEqualTo(same ? 200 : 401);
            }
        }
        Map<String, String> nonsense = new HashMap<>(wish(agent));
        nonsense.put("session_id", "no id");
        assertThat(agent.http().post("/auth/token", nonsense).status()).isEqualTo(401);
    }

    @Test
    void aHostApplicationsKeyVouchesForThePeopleOfItsCompanyOnly() {
        TestServer.TestUser manager = ACME.user(Role.MANAGER);
        String key = manager.http()
                .post(
                        "/api-keys",
                        Map.of("name", "Host", "scopes", manager.tokens().user().permissions()))
                .json()
                .get("key")
                .asText();
        TestServer.TestUser agent = ACME.user(Role.AGENT);
        assertThat(SERVER.http(key).post("/auth/token", wish(agent)).status()).isEqualTo(200);
        assertThat(SERVER.http(key)
                        .post("/auth/token", wish(ACME.user(Role.ADMIN)))
                        .status())
                .as("who may do more than the key")
                .isEqualTo(401);
        assertThat(SERVER.http(key)
                        .post("/auth/token", wish(OTHER.user(Role.AGENT)))
                        .status())
                .isEqualTo(401);
        Map<String, String> ended = wish(agent);
        agent.http().post("/auth/logout");
        assertThat(SERVER.http(key).post("/auth/token", ended).status()).isEqualTo(401);
    }

    @Test
    void theTokenEndsAfterFiveMinutesAndWithItsSession() {
        TestServer.TestUser agent = ACME.user(Role.AGENT);
        String token = agent.http()
                .post("/auth/token", wish(agent))
                .json()
                .get("token")
                .asText();
        try (LiveClient client = connect(token)) {
            client.await("welcome");
            agent.http().post("/auth/logout");
            assertThat(client.awaitClose()).isEqualTo(4001);
        }
        TestServer.TestUser later = ACME.user(Role.AGENT);
        String old = later.http()
                .post("/auth/token", wish(later))
                .json()
                .get("token")
                .asText();
        SERVER.clock().tick(Duration.ofMinutes(5).plusSeconds(1));
        try (LiveClient client = connect(old)) {
            assertThat(client.awaitClose()).isEqualTo(4001);
        }
    }
}
