package dev.patchbay.server.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.live.LiveClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Agents, skills, dispositions and break reasons, as administrators set them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentRulesTest {
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.builder().realTime().start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private LiveClient live(TestUser user) {
        LiveClient client =
                new LiveClient(URI.create(server.url().toString().replaceFirst("^http", "ws") + "/live")).open();
        client.say(Map.of("type", "hello", "token", user.token()));
        client.await("welcome");
        return client;
    }

    private static String queue(TestUser boss, String name) {
        return boss.http()
                .post("/queues", Map.of("name", name))
                .json()
                .get("id")
                .asText();
    }

    @Test
    void anAgentIsAUserWithSkillsExtensionAndQueues() {
        TestUser boss = server.company("Agents").user(Role.MANAGER);
        TestUser ann = boss.company().user(Role.AGENT);
        TestUser bob = boss.company().user(Role.AGENT);
        boss.http().post("/skills", Map.of("name", "ES"));
        String sales = queue(boss, "Sales");
        TestHttp.Reply made = boss.http()
                .post(
                        "/agents",
                        Map.of(
                                "userId",
                                ann.id(),
                                "skills",
                                List.of("es"),
                                "extension",
                                "101",
                                "queueIds",
                                List.of(sales)));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().at("/skills/0").asText()).isEqualTo("es");
        assertThat(made.json().get("extension").asText()).isEqualTo("101");
        assertThat(made.json().get("queues")).hasSize(1);
        assertThat(boss.http()
                        .put("/agents/" + bob.id(), Map.of("extension", "101"))
                        .error()
                        .code())
                .isEqualTo("EXTENSION_TAKEN");
        assertThat(boss.http()
                        .put("/agents/" + bob.id(), Map.of("skills", List.of("klingon")))
                        .error()
                        .errors()
                        .getFirst()
                        .field())
                .isEqualTo("skills");
        assertThat(boss.http()
                        .put("/agents/" + bob.id(), Map.of("queueIds", List.of(ann.id())))
                        .error()
                        .errors()
                        .getFirst()
                        .field())
                .isEqualTo("queueIds");
        JsonNode changed = boss.http()
                .put("/agents/" + ann.id(), Map.of("queueIds", List.of(), "extension", ""))
                .json();
        assertThat(changed.get("queues")).isEmpty();
        assertThat(changed.get("extension").isNull()).isTrue();
        assertThat(changed.at("/skills/0").asText()).isEqualTo("es");
        TestHttp.Reply stale = boss.http()
                .put(
                        "/agents/" + ann.id(),
                        Map.of(
                                "skills",
                                List.of(),
                                "version",
                                made.json().get("version").asLong()));
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.json().at("/details/current/version").asLong())
                .isEqualTo(changed.get("version").asLong());
        assertThat(boss.http()
                        .get("/audit?action=agent.changed")
                        .json()
                        .at("/items/0/detail/extension/from")
                        .asText())
                .isEqualTo("101");
        assertThat(boss.http()
                        .post("/agents", Map.of("userId", "00000000-0000-7000-8000-000000000000"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aChangeOfStateIsNoChangeOfRules() {
        TestUser boss = server.company("Versions").user(Role.MANAGER);
        TestUser ann = boss.company().user(Role.AGENT);
        JsonNode seen = boss.http().post("/agents", Map.of("userId", ann.id())).json();
        ann.http().put("/agents/" + ann.id() + "/availability", Map.of("state", "break", "reason", "Lunch"));
        assertThat(boss.http()
                        .put(
                                "/agents/" + ann.id(),
                                Map.of(
                                        "extension",
                                        "77",
                                        "version",
                                        seen.get("version").asLong()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void availabilityIsPushedWithinASecondAndOnlyWhatCanBeChosen() {
        TestUser boss = server.company("Available").user(Role.MANAGER);
        TestUser ann = boss.company().user(Role.AGENT);
        TestUser bob = boss.company().user(Role.AGENT);
        boss.http().post("/agents", Map.of("userId", ann.id()));
        String path = "/agents/" + ann.id() + "/availability";
        try (LiveClient board = live(boss)) {
            Instant start = Instant.now();
            assertThat(ann.http().put(path, Map.of("state", "available")).status())
                    .isEqualTo(200);
            board.awaitThat(
                    "available", frame -> frame.at("/data/agent/state").asText().equals("available"));
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(1));
        }
        assertThat(ann.http().put(path, Map.of("state", "onCall")).status()).isEqualTo(400);
        assertThat(bob.http().put(path, Map.of("state", "offline")).status()).isEqualTo(403);
        assertThat(boss.http().put(path, Map.of("state", "offline")).status()).isEqualTo(200);
        assertThat(boss.http()
                        .get("/audit?action=agent.stateSet")
                        .json()
                        .at("/items/0/detail/state")
                        .asText())
                .isEqualTo("offline");
        assertThat(boss.http()
                        .get("/agents/company/" + boss.company().id())
                        .json()
                        .get("items"))
                .isNotEmpty();
    }

    @Test
    void aSkillIsArchivedWhenNoQueueAsksForItAndThenNobodyHasIt() {
        TestUser boss = server.company("Skilled").user(Role.MANAGER);
        TestUser ann = boss.company().user(Role.AGENT);
        String queue = boss.http()
                .post("/queues", Map.of("name", "Spanish", "skills", List.of("es")))
                .json()
                .get("id")
                .asText();
        JsonNode skill = boss.http().get("/skills").json().at("/items/0");
        assertThat(skill.get("name").asText()).isEqualTo("es");
        boss.http().post("/agents", Map.of("userId", ann.id(), "skills", List.of("es")));
        String path = "/skills/" + skill.get("id").asText();
        assertThat(boss.http().delete(path).error().code()).isEqualTo("SKILL_IN_USE");
        boss.http().put("/queues/" + queue, Map.of("name", "Spanish", "skills", List.of()));
        assertThat(boss.http().delete(path).status()).isEqualTo(204);
        assertThat(boss.http().delete(path).status()).isEqualTo(404);
        assertThat(boss.http().get("/agents/" + ann.id()).json().get("skills")).isEmpty();
        assertThat(boss.http().post("/skills", Map.of("name", " ES ")).status()).isEqualTo(201);
    }

    @Test
    void aDispositionKeepsItsKeyWhenRenamedAndItsHistoryWhenArchived() {
        TestUser boss = server.company("Outcomes").user(Role.MANAGER);
        try (LiveClient console = live(boss.company().user(Role.AGENT))) {
            JsonNode sold =
                    boss.http().post("/dispositions", Map.of("name", "Sold")).json();
            assertThat(console.await("settings.changed").at("/data/what").asText())
                    .isEqualTo("dispositions");
            String path = "/dispositions/" + sold.get("id").asText();
            JsonNode renamed = boss.http()
                    .put(path, Map.of("name", "Sold it", "version", 1))
                    .json();
            assertThat(renamed.get("key").asText()).isEqualTo("sold");
            TestHttp.Reply stale = boss.http().put(path, Map.of("name", "Late", "version", 1));
            assertThat(stale.status()).isEqualTo(409);
            assertThat(stale.json().at("/details/current/name").asText()).isEqualTo("Sold it");
            assertThat(boss.http().put(path, Map.of("name", "Resolved")).error().code())
                    .isEqualTo("NAME_EXISTS");
            JsonNode second =
                    boss.http().post("/dispositions", Map.of("name", "Sold")).json();
            assertThat(second.get("key").asText()).isEqualTo("sold-2");
            assertThat(boss.http().delete(path).status()).isEqualTo(204);
            assertThat(boss.http().get("/dispositions").json().get("items").findValuesAsText("name"))
                    .doesNotContain("Sold it");
            JsonNode back =
                    boss.http().post("/dispositions", Map.of("name", "sold it")).json();
            assertThat(back.get("id").asText()).isEqualTo(sold.get("id").asText());
        }
    }

    @Test
    void breakReasonsAreRenamedAndArchived() {
        TestUser boss = server.company("Breaks").user(Role.MANAGER);
        String id = boss.http()
                .post("/break-reasons", Map.of("name", "Tea"))
                .json()
                .get("id")
                .asText();
        boss.http().put("/break-reasons/" + id, Map.of("name", "Coffee"));
        assertThat(boss.http().get("/break-reasons").json().get("items").findValuesAsText("name"))
                .contains("Coffee")
                .doesNotContain("Tea");
        assertThat(boss.http().delete("/break-reasons/" + id).status()).isEqualTo(204);
        assertThat(boss.company()
                        .user(Role.AGENT)
                        .http()
                        .delete("/break-reasons/" + id)
                        .status())
                .isEqualTo(403);
        assertThat(boss.http().get("/audit?action=breakReason").json().get("items"))
                .hasSize(3);
    }
}
