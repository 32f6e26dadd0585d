package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.TestServer.TestCompany;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.live.LiveClient;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Offices, and who sees what of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficesTest {
    private TestServer server;
    private TestCompany company;
    private TestUser boss;
    private String north;
    private String south;

    @BeforeAll
    void start() {
        server = TestServer.start();
        company = server.company("Acme");
        boss = company.user(Role.MANAGER);
        north = office("North");
        south = office("South");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String office(String name) {
        return boss.http()
                .post("/offices", Map.of("name", name, "timeZone", "Europe/Berlin"))
                .json()
                .get("id")
                .asText();
    }

    private TestUser in(String office, Role role) {
        TestUser user = company.user(role);
        assertThat(boss.http()
                        .put("/users/" + user.id(), Map.of("officeId", office))
                        .status())
                .isEqualTo(200);
        return user;
    }

    private static String lead(TestUser user, String name) {
        return user.http()
                .post("/leads", Map.of("name", name, "email", name + "@example.com"))
                .json()
                .get("id")
                .asText();
    }

    private static List<String> names(TestUser user, String path) {
        return user.http().get(path).json().get("items").findValuesAsText("name");
    }

    @Test
    void anOfficeIsOpenedChangedAndClosed() {
        TestHttp.Reply made = boss.http().post("/offices", Map.of("name", "West", "address", "Main St 1"));
        assertThat(made.status()).isEqualTo(201);
        String path = "/offices/" + made.json().get("id").asText();
        assertThat(boss.http().post("/offices", Map.of("name", "West")).error().code())
                .isEqualTo("OFFICE_EXISTS");
        assertThat(boss.http()
                        .post("/offices", Map.of("name", "", "timeZone", "Mars"))
                        .error()
                        .errors())
                .extracting(dev.patchbay.model.FieldError::field)
                .containsExactly("name", "timeZone");
        assertThat(boss.http()
                        .put(path, Map.of("name", "Far West", "version", 1))
                        .json()
                        .get("version")
                        .asLong())
                .isEqualTo(2);
        TestHttp.Reply stale = boss.http().put(path, Map.of("name", "Wild West", "version", 1));
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.json().at("/details/current/name").asText()).isEqualTo("Far West");
        assertThat(boss.http().delete(path).status()).isEqualTo(204);
        assertThat(boss.http().get(path).status()).isEqualTo(404);
        assertThat(boss.http().post("/offices", Map.of("name", "Far West")).status())
                .isEqualTo(201);
        assertThat(boss.http().get("/audit?action=office").json().get("items").findValuesAsText("action"))
                .contains("office.created", "office.changed", "office.closed");
    }

    @Test
    void anOfficeWithPeopleStaysOpen() {
        String full = office("Full");
        TestUser agent = in(full, Role.AGENT);
        TestHttp.Reply refused = boss.http().delete("/offices/" + full);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error().code()).isEqualTo("OFFICE_IN_USE");
        Map<String, Object> none = new HashMap<>();
        none.put("officeId", null);
        JsonNode out = boss.http().put("/users/" + agent.id(), none).json();
        assertThat(out.get("officeId").isNull()).isTrue();
        assertThat(boss.http().delete("/offices/" + full).status()).isEqualTo(204);
    }

    @Test
    void whoBelongsToAnOfficeSeesItsLeadsAndThoseOfNone() {
        TestUser inNorth = in(north, Role.AGENT);
        TestUser inSouth = in(south, Role.AGENT);
        String northern = lead(inNorth, "northern");
        lead(inSouth, "southern");
        lead(boss, "everybodys");
        assertThat(names(inNorth, "/leads")).contains("northern", "everybodys").doesNotContain("southern");
        assertThat(names(inSouth, "/leads")).contains("southern", "everybodys").doesNotContain("northern");
        assertThat(names(boss, "/leads")).contains("northern", "southern", "everybodys");
        assertThat(inSouth.http().get("/leads/" + northern).status()).isEqualTo(404);
        assertThat(inSouth.http().post("/leads/" + northern + "/claim").status())
                .isEqualTo(404);
        assertThat(inNorth.http().post("/leads/" + northern + "/claim").status())
                .isEqualTo(200);
    }

    @Test
    void liveEventsKeepToTheOfficeToo() {
        TestUser inNorth = in(north, Role.AGENT);
        TestUser inSouth = in(south, Role.AGENT);
        try (LiveClient northern = live(inNorth);
                LiveClient southern = live(inSouth);
                LiveClient whole = live(boss)) {
            lead(inNorth, "for-north");
            lead(boss, "for-all");
            assertThat(lead(northern)).isEqualTo("for-north");
            assertThat(lead(northern)).isEqualTo("for-all");
            assertThat(lead(southern)).isEqualTo("for-all");
            assertThat(lead(whole)).isEqualTo("for-north");
        }
    }

    @Test
    void aConsultantSeesTheTankAndTheOwnLeadsButNotThoseOfColleagues() {
        TestUser agent = company.user(Role.AGENT);
        TestUser consultant = company.user(Role.CONSULTANT);
        String wanted = lead(boss, "wanted");
        assertThat(names(consultant, "/leads")).contains("wanted");
        try (LiveClient console = live(consultant)) {
            agent.http().post("/leads/" + wanted + "/claim");
            assertThat(console.await("lead.claimed").at("/data/lead/ownerId").asText())
                    .isEqualTo(agent.id().toString());
            agent.http().post("/leads/" + wanted + "/stage", Map.of("stage", "won"));
            String own = lead(boss, "own");
            consultant.http().post("/leads/" + own + "/claim");
            // What the agent did with the claimed lead never came: the next news is of another lead.
            assertThat(console.await("lead.created").at("/data/lead/name").asText())
                    .isEqualTo("own");
            assertThat(console.awaitThat(
                                    "no stage",
                                    frame -> frame.path("type").asText().startsWith("lead."))
                            .path("type")
                            .asText())
                    .isEqualTo("lead.claimed");
        }
        assertThat(names(consultant, "/leads")).contains("own").doesNotContain("wanted");
        assertThat(consultant.http().get("/leads/" + wanted).status()).isEqualTo(404);
        boss.http().put("/users/" + consultant.id(), Map.of("extraPermissions", List.of("leads.viewAll")));
        assertThat(names(consultant, "/leads")).contains("wanted");
    }

    @Test
    void aManagerOfAnOfficeLooksAfterItsPeopleAndNobodyElses() {
        TestUser manager = in(north, Role.MANAGER);
        TestUser mine = in(north, Role.AGENT);
        TestUser other = in(south, Role.AGENT);
        String list = "/users/company/" + company.id();
        assertThat(manager.http().get(list).json().get("items").findValuesAsText("officeId"))
                .isNotEmpty()
                .containsOnly(north);
        assertThat(manager.http().get("/users/" + other.id()).status()).isEqualTo(403);
        for (TestHttp.Reply reply : List.of(
                manager.http().put("/users/" + other.id(), Map.of("name", "Mine now")),
                manager.http().put("/users/" + mine.id(), Map.of("officeId", south)),
                manager.http().delete("/users/" + other.id()),
                manager.http().post("/users/" + other.id() + "/reset-password"),
                manager.http().post("/users/" + other.id() + "/offboard", Map.of()),
                manager.http().post("/offices", Map.of("name", "My own")),
                manager.http().put("/offices/" + south, Map.of("name", "Mine")),
                manager.http().delete("/offices/" + south))) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(403);
        }
        assertThat(manager.http()
                        .put("/users/" + mine.id(), Map.of("name", "Renamed"))
                        .status())
                .isEqualTo(200);
        JsonNode made = manager.http()
                .post(
                        "/users",
                        Map.of(
                                "name",
                                "New",
                                "email",
                                "new@north.test",
                                "password",
                                TestServer.PASSWORD,
                                "roles",
                                List.of("Agent")))
                .json();
        assertThat(made.get("officeId").asText()).isEqualTo(north);
    }

    private LiveClient live(TestUser user) {
        URI uri = URI.create(server.url().toString().replaceFirst("^http", "ws") + "/live");
        LiveClient client = new LiveClient(uri).open();
        client.say(Map.of("type", "hello", "token", user.token(), "topics", List.of("leads")));
        client.await("welcome");
        return client;
    }

    private static String lead(LiveClient client) {
        return client.await("lead.created").at("/data/lead/name").asText();
    }
}
