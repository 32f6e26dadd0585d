package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.CompanyView;
import dev.patchbay.model.Role;
import dev.patchbay.model.UserView;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
    private static TestServer server;
    private static TestServer.TestCompany acme;
    private static TestServer.TestUser admin;
    private static TestServer.TestUser manager;

    // Not where they are declared: a class runs again after a failure, and its subclass on the other database.
    @BeforeAll
    static void start() {
        server = TestServer.start();
        acme = server.company("Acme");
        admin = acme.user(Role.ADMIN);
        manager = acme.user(Role.MANAGER);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, Object> person(String email, String password, String role) {
        return Map.of("name", "Ann", "email", email, "password", password, "roles", List.of(role));
    }

    @Test
    void aUserIsMadeReadChangedAndSwitchedOff() {
        UserView made = manager.http()
                .post("/users", person("Ann.New@Acme.test", TestServer.PASSWORD, "Agent"), UserView.class);
        assertThat(made.email()).isEqualTo("ann.new@acme.test");
        UserView changed = manager.http()
                .put("/users/" + made.id(), Map.of("version", made.version(), "name", "Ann Other"), UserView.class);
        assertThat(changed.name()).isEqualTo("Ann Other");
        assertThat(changed.version()).isEqualTo(made.version() + 1);
        assertThat(manager.http().delete("/users/" + made.id()).status()).isEqualTo(204);
        assertThat(manager.http().get("/users/" + made.id(), UserView.class).active())
                .isFalse();
        assertThat(server.http()
                        .post("/auth/login", Map.of("email", "ann.new@acme.test", "password", TestServer.PASSWORD))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void noAnswerHoldsAPasswordOrItsHash() {
        for (String path : List.of("/users", "/users/" + admin.id(), "/auth/profile", "/directory")) {
            assertThat(admin.http().get(path).text())
                    .doesNotContainIgnoringCase("password")
                    .doesNotContain("argon2");
        }
    }

    @Test
    void aChangeOfAnOldVersionIsRefusedWithTheCurrentOne() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        manager.http().put("/users/" + agent.id(), Map.of("version", 1, "name", "First"), UserView.class);
        TestHttp.Reply late = manager.http().put("/users/" + agent.id(), Map.of("version", 1, "name", "Second"));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.error().code()).isEqualTo("VERSION_CONFLICT");
        assertThat(late.json().at("/details/current/name").asText()).isEqualTo("First");
    }

    @Test
    void anAddressIsTakenOverTheWholeInstallation() {
        TestServer.TestUser elsewhere = server.company("Elsewhere").user(Role.AGENT);
        TestHttp.Reply reply = manager.http().post("/users", person(elsewhere.email(), TestServer.PASSWORD, "Agent"));
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.error().code()).isEqualTo("EMAIL_TAKEN");
    }

    @Test
    void ofEightWhoTakeAnAddressAtOnceOneGetsIt() throws Exception {
        List<Callable<Integer>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tries.add(() -> manager.http()
                    .post("/users", person("wanted@acme.test", TestServer.PASSWORD, "Agent"))
                    .status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> one : all.invokeAll(tries)) {
                statuses.add(one.get());
            }
        }
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "password1", "12345678", "aaaaaaaa", "PASSWORD123", "new@acme.test"})
    void aWeakPasswordIsRefusedNamingTheField(String password) {
        TestHttp.Reply reply = manager.http().post("/users", person("new@acme.test", password, "Agent"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().errors().getFirst().field()).isEqualTo("password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ann", "ann@", "@acme.test", "a b@acme.test", "ann@acme", "ann@acme..test"})
    void whatIsNoAddressIsRefusedNamingTheField(String email) {
        TestHttp.Reply reply = manager.http().post("/users", person(email, TestServer.PASSWORD, "Agent"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().errors().getFirst().field()).isEqualTo("email");
    }

    @Test
    void anAgentMayNotManageUsers() {
        TestHttp.Reply reply = acme.user(Role.AGENT).http().get("/users/company/" + acme.id());
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.error().message()).contains("users.manage");
    }

    @Test
    void aManagerCannotMakeOrBecomeAnAdministrator() {
        assertThat(manager.http()
                        .post("/users", person("boss@acme.test", TestServer.PASSWORD, "Admin"))
                        .status())
                .isEqualTo(403);
        assertThat(manager.http()
                        .put("/users/" + manager.id(), Map.of("roles", List.of("Admin")))
                        .status())
                .isEqualTo(403);
        assertThat(manager.http()
                        .put("/users/" + manager.id(), Map.of("extraPermissions", List.of("companies.manage")))
                        .status())
                .isEqualTo(403);
        assertThat(manager.http()
                        .put("/users/" + admin.id(), Map.of("password", "taken over now"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theLastAdministratorStays() {
        try (TestServer server = TestServer.start()) {
            TestServer.TestCompany company = server.company("Solo");
            TestServer.TestUser only = company.user(Role.ADMIN);
            TestHttp.Reply reply = only.http().put("/users/" + only.id(), Map.of("roles", List.of("Agent")));
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.error().code()).isEqualTo("LAST_ADMIN");
            assertThat(only.http().delete("/users/" + only.id()).error().code()).isEqualTo("OWN_ACCOUNT");
        }
    }

    @Test
    void aProfileChangesTheNameAndNeverTheRole() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        TestHttp.Reply reply = agent.http().put("/auth/profile", Map.of("name", "New Name", "roles", List.of("Admin")));
        assertThat(reply.json().get("name").asText()).isEqualTo("New Name");
        assertThat(reply.json().get("roles")).hasSize(1);
        assertThat(reply.json().get("roles").get(0).asText()).isEqualTo("Agent");
    }

    @Test
    void pagesOfUsersHoldEachOnce() {
        TestServer.TestCompany many = server.company("Many");
        TestServer.TestUser boss = many.user(Role.MANAGER);
        for (int i = 0; i < 12; i++) {
            many.user(Role.AGENT);
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            TestHttp.Reply page = boss.http()
                    .get("/users/company/" + many.id() + "?limit=5" + (after.isEmpty() ? "" : "&after=" + after));
            page.json().get("items").forEach(item -> seen.add(item.get("id").asText()));
            after = page.json().get("next").isNull()
                    ? ""
                    : page.json().get("next").asText();
        } while (!after.isEmpty());
        assertThat(seen).hasSize(13).doesNotHaveDuplicates();
        assertThat(boss.http()
                        .get("/users/company/" + many.id() + "?q=manager")
                        .json()
                        .get("items"))
                .hasSize(1);
        assertThat(boss.http()
                        .get("/users/company/" + many.id() + "?q=%25")
                        .json()
                        .get("items"))
                .isEmpty();
    }

    @Test
    void theDirectoryListsColleaguesAndNotTheSwitchedOff() {
        TestServer.TestCompany company = server.company("Directory");
        TestServer.TestUser boss = company.user(Role.MANAGER);
        TestServer.TestUser gone = company.user(Role.AGENT);
        boss.http().delete("/users/" + gone.id());
        TestHttp.Reply directory = boss.http().get("/directory");
        assertThat(directory.json()).hasSize(1);
        assertThat(directory.json().get(0).get("state").asText()).isEqualTo("offline");
    }

    @Test
    void aCompanyIsFoundedWithItsFirstManagerWhoCanSignIn() {
        CompanyView company = admin.http()
                .post(
                        "/companies",
                        Map.of(
                                "name",
                                "Müller & Söhne GmbH",
                                "region",
                                "DE",
                                "administrator",
                                person("chef@mueller.test", TestServer.PASSWORD, "Manager")),
                        CompanyView.class);
        assertThat(company.slug()).isEqualTo("muller-sohne-gmbh");
        TestHttp.Reply login = server.http()
                .post("/auth/login", Map.of("email", "chef@mueller.test", "password", TestServer.PASSWORD));
        assertThat(login.status()).isEqualTo(200);
        assertThat(admin.http()
                        .post("/companies", Map.of("name", "x", "slug", "muller-sohne-gmbh"))
                        .error()
                        .code())
                .isEqualTo("SLUG_TAKEN");
        assertThat(manager.http().post("/companies", Map.of("name", "y")).status())
                .isEqualTo(403);
    }

    @Test
    void aCompanysOwnManagerChangesItAndNobodyElses() {
        TestServer.TestCompany company = server.company("Before");
        TestServer.TestUser boss = company.user(Role.MANAGER);
        CompanyView after = boss.http().put("/companies/" + company.id(), Map.of("name", "After"), CompanyView.class);
        assertThat(after.name()).isEqualTo("After");
        assertThat(boss.http().get("/companies/" + acme.id()).status()).isEqualTo(404);
        assertThat(boss.http()
                        .put("/companies/" + acme.id(), Map.of("name", "Mine"))
                        .status())
                .isEqualTo(404);
    }
}
