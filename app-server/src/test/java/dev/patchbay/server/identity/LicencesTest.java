package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LicencesTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void terms(TestServer.TestCompany company, @Nullable Integer seats, @Nullable Duration lasts) {
        server.identity()
                .licences()
                .change(
                        company.id(),
                        new Licences.Terms(
                                "business",
                                List.of("recording", "ivr"),
                                seats,
                                lasts == null ? null : server.clock().instant().plus(lasts)));
    }

    private static Map<String, Object> person(String email) {
        return Map.of("name", "Ann", "email", email, "password", TestServer.PASSWORD, "roles", List.of("Agent"));
    }

    @Test
    void whoRunsTheInstallationSetsALicenceAndNobodyElseDoes() {
        TestServer.TestCompany company = server.company("Terms");
        String path = "/companies/" + company.id() + "/license";
        Map<String, Object> terms = Map.of("plan", "small", "seats", 3, "expiresAt", "2027-01-01T00:00:00Z");
        assertThat(company.user(Role.MANAGER).http().put(path, terms).status()).isEqualTo(403);
        TestServer.TestUser admin = server.company("Runs it all").user(Role.ADMIN);
        JsonNode license = admin.http().put(path, terms).json();
        assertThat(license.get("plan").asText()).isEqualTo("small");
        assertThat(license.get("expiresAt").asText()).isEqualTo("2027-01-01T00:00:00Z");
        assertThat(admin.http()
                        .put(path, Map.of("plan", "", "seats", 0))
                        .error()
                        .errors())
                .hasSize(2);
        assertThat(admin.http()
                        .put("/companies/" + admin.id() + "/license", terms)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aSignInTellsTheLicenceAndItsFeatures() {
        TestServer.TestCompany company = server.company("Licensed");
        TestServer.TestUser agent = company.user(Role.AGENT);
        assertThat(agent.http().get("/auth/license").json().get("plan").asText())
                .isEqualTo("community");
        terms(company, 5, Duration.ofDays(30));
        JsonNode license = server.http()
                .post("/auth/login", Map.of("email", agent.email(), "password", TestServer.PASSWORD))
                .json()
                .at("/user/license");
        assertThat(license.get("plan").asText()).isEqualTo("business");
        assertThat(license.get("features")).hasSize(2);
        assertThat(license.get("seats").asInt()).isEqualTo(5);
        assertThat(license.get("usedSeats").asInt()).isEqualTo(1);
        assertThat(license.get("callingAllowed").asBoolean()).isTrue();
        assertThat(agent.http().below("/api").get("/auth/license").json()).isEqualTo(license);
        assertThat(agent.http().get("/auth/profile").json().get("license")).isEqualTo(license);
    }

    @Test
    void anExpiredLicenceStopsCallingAndNothingElse() {
        TestServer.TestCompany company = server.company("Expired");
        TestServer.TestUser agent = company.user(Role.AGENT);
        terms(company, null, Duration.ofDays(1));
        Map<String, String> call = Map.of("to", "+12025550143");
        assertThat(agent.http().post("/calls", call).error().code()).isEqualTo("NO_CARRIER");
        server.clock().tick(Duration.ofDays(1));
        TestServer.TestUser again = agent.again();
        TestHttp.Reply refused = again.http().post("/calls", call);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.error().code()).isEqualTo("LICENSE_EXPIRED");
        assertThat(refused.error().message()).contains("licence has expired");
        assertThat(again.http().get("/leads").status()).isEqualTo(200);
        assertThat(again.http()
                        .post("/leads", Map.of("name", "Lee", "phone", "+12025550144"))
                        .status())
                .isEqualTo(201);
        JsonNode license = again.http().get("/auth/license").json();
        assertThat(license.get("expired").asBoolean()).isTrue();
        assertThat(license.get("callingAllowed").asBoolean()).isFalse();
        terms(company, null, Duration.ofDays(30));
        assertThat(again.http().post("/calls", call).error().code()).isEqualTo("NO_CARRIER");
    }

    @Test
    void aWaitingCallIsNotAnsweredUntilTheLicenceIsRenewed() {
        TestServer.TestCompany company = server.company("Waiting");
        TestServer.TestUser boss = company.user(Role.MANAGER);
        JsonNode queue = boss.http().get("/queues").json().at("/items/0");
        boss.http()
                .put(
                        "/queues/" + queue.get("id").asText() + "/agents",
                        Map.of("userIds", List.of(boss.id().toString())));
        TestHttp.Reply visit = server.http().post("/visitor/" + company.slug() + "/calls", Map.of("name", "Carla"));
        String id = visit.json().at("/call/callId").asText();
        assertThat(id).isNotEmpty();
        terms(company, null, Duration.ofSeconds(-1));
        assertThat(boss.http().post("/calls/" + id + "/answer").error().code()).isEqualTo("LICENSE_EXPIRED");
        terms(company, null, null);
        assertThat(boss.http().post("/calls/" + id + "/answer").status()).isEqualTo(200);
    }

    @Test
    void aPersonBeyondTheSeatsIsNeitherAddedNorSwitchedOnNorSignedUp() {
        TestServer.TestCompany company = server.company("Seats");
        TestServer.TestUser boss = company.user(Role.MANAGER);
        TestServer.TestUser other = company.user(Role.AGENT);
        terms(company, 2, null);
        TestHttp.Reply refused = boss.http().post("/users", person("third@seats.test"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.error().code()).isEqualTo("NO_SEAT_LEFT");
        assertThat(server.http()
                        .post(
                                "/auth/signup",
                                Map.of(
                                        "company", "seats",
                                        "name", "Stu",
                                        "email", "stu@seats.test",
                                        "password", TestServer.PASSWORD))
                        .error()
                        .code())
                .isEqualTo("NO_SEAT_LEFT");
        assertThat(boss.http().delete("/users/" + other.id()).status()).isEqualTo(204);
        assertThat(boss.http().post("/users", person("third@seats.test")).status())
                .isEqualTo(201);
        assertThat(boss.http()
                        .put("/users/" + other.id(), Map.of("active", true))
                        .error()
                        .code())
                .isEqualTo("NO_SEAT_LEFT");
    }

    @Test
    void ofEightWhoTakeTheLastSeatAtOnceOneGetsIt() throws Exception {
        TestServer.TestCompany company = server.company("Last seat");
        TestServer.TestUser boss = company.user(Role.MANAGER);
        terms(company, 2, null);
        List<Callable<Integer>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Map<String, Object> body = person("last" + i + "@seats.test");
            tries.add(() -> boss.http().post("/users", body).status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> one : all.invokeAll(tries)) {
                statuses.add(one.get());
            }
        }
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 422).hasSize(7);
    }
}
