package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Permission;
import dev.patchbay.model.Role;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.TestServer.TestCompany;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.live.LiveClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What administrators do with users and companies.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdministrationTest {
    private TestServer server;
    private TestUser admin;

    @BeforeAll
    void start() {
        server = TestServer.builder()
                .realTime()
                .with(Setting.RATE_LIMIT_VISITOR_CALLS, "1000")
                .start();
        admin = server.company("Head Office").user(Role.ADMIN);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private LiveClient console(TestUser user) {
        URI uri = URI.create(server.url().toString().replaceFirst("^http", "ws") + "/live");
        LiveClient client = new LiveClient(uri).open();
        client.say(Map.of("type", "hello", "token", user.token(), "takesCalls", true, "device", "d"));
        client.await("welcome");
        return client;
    }

    private static JsonNode newest(TestUser boss, String action) {
        JsonNode items =
                boss.http().get("/audit?limit=1&action=" + action).json().get("items");
        assertThat(items).as(action).hasSize(1);
        return items.get(0);
    }

    @Test
    void onlyAnAdministratorListsAllUsersAndAManagerThoseOfTheOwnCompany() {
        TestCompany acme = server.company("Listed");
        TestUser boss = acme.user(Role.MANAGER);
        TestUser agent = acme.user(Role.AGENT);
        assertThat(admin.http().get("/users").status()).isEqualTo(200);
        assertThat(admin.http().get("/users?companyId=" + acme.id()).json().get("items"))
                .hasSize(2);
        assertThat(boss.http().get("/users").status()).isEqualTo(403);
        assertThat(agent.http().get("/users").status()).isEqualTo(403);
        String own = "/users/company/" + acme.id();
        assertThat(boss.http().get(own).json().get("items")).hasSize(2);
        assertThat(boss.http().get("/users/company/mine").json().get("items")).hasSize(2);
        assertThat(agent.http().get(own).status()).isEqualTo(403);
        assertThat(boss.http().get("/users/company/" + admin.company().id()).status())
                .isEqualTo(404);
        assertThat(admin.http().get(own).json().get("items")).hasSize(2);
    }

    @Test
    void usersAreFoundByRoleAndByWhetherTheyAreActive() {
        TestCompany acme = server.company("Filtered");
        TestUser boss = acme.user(Role.MANAGER);
        TestUser gone = acme.user(Role.AGENT);
        acme.user(Role.AGENT, Role.RECEPTIONIST);
        boss.http().delete("/users/" + gone.id());
        String own = "/users/company/" + acme.id();
        assertThat(boss.http().get(own + "?role=Agent").json().get("items")).hasSize(2);
        assertThat(boss.http().get(own + "?role=Receptionist").json().get("items"))
                .hasSize(1);
        assertThat(boss.http().get(own + "?role=Agent&active=true").json().get("items"))
                .hasSize(1);
        assertThat(boss.http()
                        .get(own + "?active=false")
                        .json()
                        .at("/items/0/id")
                        .asText())
                .isEqualTo(gone.id().toString());
        assertThat(boss.http()
                        .get(own + "?role=Boss")
                        .error()
                        .errors()
                        .getFirst()
                        .field())
                .isEqualTo("role");
    }

    @Test
    void aCustomPermissionGrantsOneActionAndNoOther() {
        TestCompany acme = server.company("Custom");
        TestUser boss = acme.user(Role.MANAGER);
        TestUser agent = acme.user(Role.AGENT);
        List<String> before = refused(agent);
        assertThat(boss.http()
                        .put("/users/" + agent.id(), Map.of("extraPermissions", List.of("audit.view")))
                        .status())
                .isEqualTo(200);
        List<String> opened = new ArrayList<>(before);
        opened.removeAll(refused(agent));
        assertThat(opened).containsExactlyInAnyOrder("GET /audit", "GET /audit/verify");
        boss.http().put("/users/" + agent.id(), Map.of("extraPermissions", List.of()));
        assertThat(refused(agent)).isEqualTo(before);
    }

    /// The routes that answer 403.
    private List<String> refused(TestUser user) {
        String nobody = "00000000-0000-7000-8000-000000000000";
        return server.routes().stream()
                .filter(route -> route.access() instanceof dev.patchbay.server.access.Access.Needs)
                .filter(route -> user.http()
                                .send(
                                        route.method().name(),
                                        route.path().replaceAll("\\{\\w+}", nobody),
                                        route.body() == null ? null : "[]")
                                .status()
                        == 403)
                .map(route -> route.method() + " " + route.path())
                .toList();
    }

    @Test
    void whoIsSwitchedOffLosesTheConsoleWithinFiveSeconds() {
        TestCompany acme = server.company("Switched");
        TestUser boss = acme.user(Role.MANAGER);
        TestUser agent = acme.user(Role.AGENT);
        try (LiveClient console = console(agent)) {
            Instant start = Instant.now();
            boss.http().put("/users/" + agent.id(), Map.of("active", false));
            assertThat(console.awaitClose()).isEqualTo(4001);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(agent.http().get("/auth/profile").status()).isEqualTo(401);
        }
        assertThat(newest(boss, "user.switchedOff").at("/detail/active/to").asBoolean(true))
                .isFalse();
    }

    @Test
    void aChangeIsAuditedWithWhatWasBeforeAndNeverWithASecret() {
        TestCompany acme = server.company("Audited");
        TestUser boss = acme.user(Role.MANAGER);
        TestUser agent = acme.user(Role.AGENT);
        boss.http()
                .put(
                        "/users/" + agent.id(),
                        Map.of("name", "Other", "roles", List.of("Receptionist"), "password", "brand new word 7"));
        JsonNode entry = newest(boss, "user.changed");
        assertThat(entry.at("/actor/id").asText()).isEqualTo(boss.id().toString());
        assertThat(entry.at("/address").asText()).isNotEmpty();
        assertThat(entry.at("/subject").asText()).isEqualTo("user:" + agent.id());
        assertThat(entry.at("/detail/name/from").asText())
                .isEqualTo(agent.view().name());
        assertThat(entry.at("/detail/name/to").asText()).isEqualTo("Other");
        assertThat(entry.at("/detail/roles/to/0").asText()).isEqualTo("Receptionist");
        assertThat(boss.http().get("/audit").text())
                .contains("\"password\":\"changed\"")
                .doesNotContain("brand new")
                .doesNotContain("argon2");
    }

    @Test
    void anAdministratorSeesWhereSomebodyIsSignedInAndEndsIt() {
        TestCompany acme = server.company("Sessions");
        TestUser boss = acme.user(Role.MANAGER);
        TestUser agent = acme.user(Role.AGENT);
        agent.again();
        JsonNode list = boss.http().get("/users/" + agent.id() + "/sessions").json();
        assertThat(list.get("items")).hasSize(2);
        assertThat(list.at("/items/0/current").asBoolean(true)).isFalse();
        assertThat(boss.http().delete("/users/" + agent.id() + "/sessions").status())
                .isEqualTo(204);
        assertThat(agent.http().get("/auth/profile").status()).isEqualTo(401);
        assertThat(boss.http().delete("/users/" + boss.id() + "/sessions").status())
                .isEqualTo(204);
        assertThat(boss.http().get("/auth/profile").status()).isEqualTo(200);
    }

    @Test
    void aResetPasswordIsShownOnceAndIsTheOneThatCounts() {
        TestCompany acme = server.company("Reset");
        TestUser boss = acme.user(Role.MANAGER);
        TestUser agent = acme.user(Role.AGENT);
        String password = boss.http()
                .post("/users/" + agent.id() + "/reset-password")
                .json()
                .get("password")
                .asText();
        assertThat(agent.http().get("/auth/profile").status()).isEqualTo(401);
        assertThat(server.http()
                        .post("/auth/login", Map.of("email", agent.email(), "password", password))
                        .status())
                .isEqualTo(200);
        assertThat(boss.http().get("/audit").text()).doesNotContain(password);
        TestUser chief = acme.user(Role.ADMIN);
        assertThat(boss.http().post("/users/" + chief.id() + "/reset-password").status())
                .isEqualTo(403);
    }

    @Test
    void whoLeavesHandsTheLeadsOverAndIsSignedOut() {
        TestCompany acme = server.company("Leaving");
        TestUser boss = acme.user(Role.MANAGER);
        TestUser leaver = acme.user(Role.AGENT);
        TestUser heir = acme.user(Role.AGENT);
        for (int i = 0; i < 3; i++) {
            lead(leaver, "Lead " + i);
        }
        assertThat(boss.http()
                        .post("/users/" + leaver.id() + "/offboard", Map.of("leadsTo", leaver.id()))
                        .error()
                        .errors()
                        .getFirst()
                        .field())
                .isEqualTo("leadsTo");
        JsonNode left = boss.http()
                .post("/users/" + leaver.id() + "/offboard", Map.of("leadsTo", heir.id()))
                .json();
        assertThat(left.get("leadsMoved").asInt()).isEqualTo(3);
        assertThat(left.get("sessionsEnded").asInt()).isEqualTo(1);
        assertThat(heir.http().get("/leads?view=mine").json().get("items")).hasSize(3);
        assertThat(leaver.http().get("/auth/profile").status()).isEqualTo(401);
        assertThat(newest(boss, "user.offboarded").at("/detail/leadsMoved").asInt())
                .isEqualTo(3);
        JsonNode back =
                boss.http().post("/users/" + heir.id() + "/offboard", Map.of()).json();
        assertThat(back.get("leadsMoved").asInt()).isEqualTo(3);
        assertThat(boss.http().get("/leads?view=tank").json().get("items")).hasSize(3);
    }

    private static void lead(TestUser owner, String name) {
        String id = owner.http()
                .post("/leads", Map.of("name", name, "email", name.replace(" ", "") + "@example.com"))
                .json()
                .get("id")
                .asText();
        assertThat(owner.http().post("/leads/" + id + "/claim").status()).isEqualTo(200);
    }

    @Test
    void aCallInProgressOutlivesTheAgentWhoLeavesAndNoNewOneRingsThere() {
        TestCompany acme = server.company("Calling");
        TestUser boss = acme.user(Role.MANAGER);
        TestUser agent = acme.user(Role.AGENT);
        try (LiveClient console = console(agent)) {
            console.ask("agent.setState", Map.of("state", "available"));
            String call = server.http()
                    .post("/visitor/" + acme.slug() + "/calls", Map.of("name", "Carla", "phone", "+14155552671"))
                    .json()
                    .at("/call/callId")
                    .asText();
            console.await("call.offered");
            console.ask("call.answer", Map.of("call", call));
            boss.http().post("/users/" + agent.id() + "/offboard", Map.of());
            assertThat(boss.http()
                            .get("/calls/" + call)
                            .json()
                            .at("/call/status")
                            .asText())
                    .isEqualTo("active");
            JsonNode queue = boss.http().get("/queues").json().at("/items/0");
            assertThat(boss.http()
                            .get("/queues/" + queue.get("id").asText() + "/agents")
                            .json()
                            .get("userIds")
                            .toString())
                    .doesNotContain(agent.id().toString());
        }
    }

    @Test
    void aCompanyClosesWhenNoCallIsLiveAndThenNobodyOfItSignsIn() {
        TestCompany acme = server.company("Closing");
        TestUser boss = acme.user(Role.MANAGER);
        assertThat(boss.http().delete("/companies/" + acme.id()).status()).isEqualTo(403);
        assertThat(admin.http()
                        .delete("/companies/" + admin.company().id())
                        .error()
                        .code())
                .isEqualTo("OWN_COMPANY");
        JsonNode started = server.http()
                .post("/visitor/" + acme.slug() + "/calls", Map.of("name", "Carla", "phone", "+14155552671"))
                .json();
        TestHttp.Reply refused = admin.http().delete("/companies/" + acme.id());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error().code()).isEqualTo("COMPANY_HAS_CALLS");
        URI uri = URI.create(server.url().toString().replaceFirst("^http", "ws") + "/live");
        try (LiveClient visitor = new LiveClient(uri).open()) {
            visitor.say(Map.of("type", "hello", "token", started.get("token").asText()));
            visitor.await("welcome");
            visitor.ask("call.hangup", Map.of("call", started.at("/call/callId").asText()));
        }
        assertThat(admin.http().delete("/companies/" + acme.id()).status()).isEqualTo(204);
        assertThat(boss.http().get("/auth/profile").status()).isEqualTo(401);
        assertThat(server.http()
                        .post("/auth/login", Map.of("email", boss.email(), "password", TestServer.PASSWORD))
                        .status())
                .isEqualTo(401);
        assertThat(admin.http().get("/companies/" + acme.id()).status()).isEqualTo(404);
    }

    @Test
    void aNewCompanyBeginsWithAQueueItsListsAndAnAuditEntry() {
        String company = admin.http()
                .post(
                        "/companies",
                        Map.of(
                                "name",
                                "Begun",
                                "administrator",
                                Map.of(
                                        "name",
                                        "Chief",
                                        "email",
                                        "chief@begun.test",
                                        "password",
                                        TestServer.PASSWORD,
                                        "roles",
                                        List.of("Manager"))))
                .json()
                .get("id")
                .asText();
        String token = server.http()
                .post("/auth/login", Map.of("email", "chief@begun.test", "password", TestServer.PASSWORD))
                .json()
                .get("accessToken")
                .asText();
        TestHttp chief = server.http(token);
        assertThat(chief.get("/queues").json().get("items")).hasSize(1);
        assertThat(chief.get("/dispositions").json().get("items")).hasSize(4);
        JsonNode founded = chief.get("/audit?action=company.founded").json().at("/items/0");
        assertThat(founded.at("/actor/name").asText()).isEqualTo(admin.view().name());
        assertThat(founded.at("/subject").asText()).isEqualTo("company:" + company);
        chief.put("/companies/" + company, Map.of("name", "Begun Ltd"));
        assertThat(chief.get("/audit?action=company.changed")
                        .json()
                        .at("/items/0/detail/name/to")
                        .asText())
                .isEqualTo("Begun Ltd");
    }

    @Test
    void anAdministratorSetsACompanysLicenceAndSeatsCount() {
        TestCompany acme = server.company("Licensed");
        TestUser boss = acme.user(Role.MANAGER);
        String path = "/companies/" + acme.id() + "/license";
        assertThat(boss.http().put(path, Map.of("plan", "team", "seats", 100)).status())
                .isEqualTo(403);
        JsonNode set =
                admin.http().put(path, Map.of("plan", "team", "seats", 1)).json();
        assertThat(set.get("usedSeats").asInt()).isEqualTo(1);
        TestHttp.Reply full = boss.http()
                .post(
                        "/users",
                        Map.of(
                                "name",
                                "One More",
                                "email",
                                "more@licensed.test",
                                "password",
                                TestServer.PASSWORD,
                                "roles",
                                List.of("Agent")));
        assertThat(full.error().code()).isEqualTo("NO_SEAT_LEFT");
        assertThat(newest(boss, "license.changed").at("/detail/seats/to").asInt())
                .isEqualTo(1);
    }

    @Test
    void studentsSignThemselvesUpOnlyWhereTheCompanyLetsThem() {
        TestCompany school = server.company("School");
        TestUser boss = school.user(Role.MANAGER);
        Map<String, Object> student = Map.of(
                "company", school.slug(), "name", "Sue", "email", "sue@school.test", "password", TestServer.PASSWORD);
        boss.http().put("/settings/company/" + school.id(), Map.of("studentSignUp", false));
        assertThat(server.http().post("/auth/signup", student).error().code()).isEqualTo("SIGN_UP_CLOSED");
        boss.http().put("/settings/company/" + school.id(), Map.of("studentSignUp", true));
        assertThat(server.http().post("/auth/signup", student).status()).isEqualTo(201);
    }

    @Test
    void rolesAndPermissionsTellWhatThereIs() {
        JsonNode roles = admin.http().get("/roles").json().get("items");
        assertThat(roles).hasSize(Role.values().length);
        assertThat(roles.get(0).get("permissions")).hasSize(Permission.values().length);
        JsonNode permissions = admin.http().get("/permissions").json().get("items");
        assertThat(permissions).hasSize(Permission.values().length);
        permissions.forEach(one -> assertThat(one.get("description").asText()).isNotBlank());
    }
}
