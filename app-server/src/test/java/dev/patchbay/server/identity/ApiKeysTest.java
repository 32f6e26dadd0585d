package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.http.Route;
import dev.patchbay.server.live.LiveClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
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

    private static JsonNode make(TestServer.TestUser user, String... scopes) {
        TestHttp.Reply reply = user.http().post("/api-keys", Map.of("name", "CRM", "scopes", List.of(scopes)));
        assertThat(reply.status()).isEqualTo(201);
        return reply.json();
    }

    @Test
    void aKeyDoesWhatItsScopesSayAndNoMore() {
        TestServer.TestUser manager = acme.user(Role.MANAGER);
        String key = make(manager, "leads.view").get("key").asText();
        assertThat(key).startsWith("pbk_");
        TestHttp program = server.http(key);
        assertThat(program.get("/leads").status()).isEqualTo(200);
        TestHttp.Reply edit = program.post("/leads", Map.of("name", "Lee", "phone", "+12025550143"));
        assertThat(edit.status()).isEqualTo(403);
        assertThat(edit.error().message()).contains("leads.edit");
        assertThat(program.get("/users/" + manager.id()).status()).isEqualTo(403);
        assertThat(server.http().with("X-Api-Key", key).get("/leads").status()).isEqualTo(200);
    }

    @Test
    void aKeyTouchesNothingOfTheAccountItself() {
        TestServer.TestUser admin = acme.user(Role.ADMIN);
        TestHttp program = server.http(
                make(admin, "users.manage", "company.manage").get("key").asText());
        for (Route route : server.routes()) {
            boolean own = route.path().startsWith("/auth/totp")
                    || route.path().startsWith("/auth/sessions")
                    || route.path().startsWith("/api-keys")
                    || route.path().equals("/auth/password");
            if (own) {
                String path = route.path().replaceAll("\\{\\w+}", admin.id().toString());
                TestHttp.Reply reply = program.send(route.method().name(), path, route.body() == null ? null : "{}");
                assertThat(reply.status()).as(route.method() + " " + path).isEqualTo(403);
            }
        }
        assertThat(program.put("/auth/profile", Map.of("name", "Hijacked")).status())
                .isEqualTo(403);
    }

    @Test
    void nobodyGivesAKeyWhatTheyMayNotDo() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        TestHttp.Reply reply =
                agent.http().post("/api-keys", Map.of("name", "Too much", "scopes", List.of("users.manage")));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(agent.http()
                        .post("/api-keys", Map.of("name", "None", "scopes", List.of()))
                        .status())
                .isEqualTo(400);
        assertThat(agent.http()
                        .post("/api-keys", Map.of("name", "Unknown", "scopes", List.of("everything")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aKeyLosesWhatItsPersonLosesAndEndsWithTheAccount() {
        TestServer.TestUser admin = acme.user(Role.ADMIN);
        TestServer.TestUser manager = acme.user(Role.MANAGER);
        TestHttp program =
                server.http(make(manager, "leads.view", "audit.view").get("key").asText());
        assertThat(program.get("/audit").status()).isEqualTo(200);
        admin.http().put("/users/" + manager.id(), Map.of("roles", List.of("Agent")));
        assertThat(program.get("/audit").status()).isEqualTo(403);
        assertThat(program.get("/leads").status()).isEqualTo(200);
        admin.http().put("/users/" + manager.id(), Map.of("active", false));
        assertThat(program.get("/leads").status()).isEqualTo(401);
    }

    @Test
    void theKeyIsShownOnceAndKeptAsAHash() {
        TestServer.TestUser manager = acme.user(Role.MANAGER);
        JsonNode made = make(manager, "leads.view");
        String key = made.get("key").asText();
        TestHttp.Reply list = manager.http().get("/api-keys");
        assertThat(list.text()).doesNotContain(key).contains(made.get("prefix").asText());
        List<String> kept = server.database()
                .acrossCompanies(handle -> handle.createQuery("select key_hash || prefix from api_key")
                        .mapTo(String.class)
                        .list());
        assertThat(kept).noneMatch(text -> text.contains(key));
    }

    @Test
    void aRevokedKeyIsRefusedAtOnceOnRestAndSockets() {
        TestServer.TestUser manager = acme.user(Role.MANAGER);
        JsonNode made = make(manager, "leads.view");
        String key = made.get("key").asText();
        try (LiveClient client =
                new LiveClient(URI.create(server.url().toString().replaceFirst("^http", "ws") + "/live"))) {
            client.open();
            client.say(Map.of("type", "hello", "token", key, "topics", List.of("sharktank")));
            client.await("welcome");
            assertThat(manager.http()
                            .delete("/api-keys/" + made.get("id").asText())
                            .status())
                    .isEqualTo(204);
            assertThat(client.awaitClose()).isEqualTo(4001);
        }
        assertThat(server.http(key).get("/leads").status()).isEqualTo(401);
        assertThat(manager.http().get("/auth/profile").status()).isEqualTo(200);
    }

    @Test
    void aKeyEndsAtItsTimeAndItsLastUseIsKnown() {
        TestServer.TestUser manager = acme.user(Role.MANAGER);
        TestHttp.Reply reply = manager.http()
                .post(
                        "/api-keys",
                        Map.of(
                                "name", "Short",
                                "scopes", List.of("leads.view"),
                                "expiresAt",
                                        server.clock()
                                                .instant()
                                                .plus(Duration.ofMinutes(10))
                                                .toString()));
        String key = reply.json().get("key").asText();
        assertThat(server.http(key).get("/leads").status()).isEqualTo(200);
        JsonNode listed = manager.http().get("/api-keys").json().get("items");
        boolean used = false;
        for (JsonNode item : listed) {
            used |= item.get("name").asText().equals("Short")
                    && item.get("lastUsedAt")
                            .asText()
                            .equals(server.clock().instant().toString());
        }
        assertThat(used).isTrue();
        server.clock().tick(Duration.ofMinutes(10));
        assertThat(server.http(key).get("/leads").status()).isEqualTo(401);
    }

    @Test
    void anotherPersonsKeyIsAbsentUnlessOneRunsTheCompany() {
        TestServer.TestUser one = acme.user(Role.AGENT);
        TestServer.TestUser other = acme.user(Role.AGENT);
        String id = make(one, "leads.view").get("id").asText();
        assertThat(other.http().get("/api-keys").text()).doesNotContain(id);
        assertThat(other.http().delete("/api-keys/" + id).status()).isEqualTo(404);
        TestServer.TestUser boss = acme.user(Role.MANAGER);
        assertThat(boss.http().get("/api-keys").text()).contains(id);
        assertThat(boss.http().delete("/api-keys/" + id).status()).isEqualTo(204);
    }
}
