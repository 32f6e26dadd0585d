package dev.patchbay.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Role;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.live.LiveClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What monitors and administrators see of the server.
class MonitoringTest {
    private static TestServer server;
    private static TestServer.TestCompany acme;
    private static TestServer.TestUser admin;

    // Not where they are declared: a class runs again after a failure, and its subclass on the other database.
    @BeforeAll
    static void start() {
        server = TestServer.builder()
                .with(Setting.TRUSTED_PROXIES, "127.0.0.1")
                .with(Setting.METRICS_TOKEN, "a-monitor's-token")
                .with(Setting.RATE_LIMIT_MAX_REQUESTS, "100")
                .start();
        acme = server.company("Acme");
        admin = acme.user(Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("did not happen in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void healthHasStatusAndTimestampAndNothingElse() {
        JsonNode health = server.http().get("/health").json();
        assertThat(health.properties().stream().map(Map.Entry::getKey)).containsExactly("status", "timestamp");
        assertThat(health.get("status").asText()).isEqualTo("ok");
        assertThat(health.get("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    }

    @Test
    void aLoadBalancerMayAskForTheHealthEveryFewSeconds() {
        TestHttp balancer = server.http().with("X-Forwarded-For", "198.51.100.20");
        for (int i = 0; i < 200; i++) {
            assertThat(balancer.get("/health").status()).isEqualTo(200);
        }
    }

    @Test
    void figuresAreForThisMachineTheMonitorsTokenAndAdministrators() {
        TestHttp outside = server.http().below("").with("X-Forwarded-For", "198.51.100.21");
        assertThat(server.http().below("").get("/metrics").status()).isEqualTo(200);
        assertThat(outside.get("/metrics").status()).isEqualTo(401);
        assertThat(outside.with("Authorization", "Bearer a-monitor's-token")
                        .get("/metrics")
                        .status())
                .isEqualTo(200);
        assertThat(outside.with("Authorization", "Bearer a-monitor's-tokem")
                        .get("/metrics")
                        .status())
                .isEqualTo(401);
        assertThat(admin.http()
                        .with("X-Forwarded-For", "198.51.100.21")
                        .get("/metrics")
                        .status())
                .isEqualTo(200);
        assertThat(acme.user(Role.MANAGER).http().get("/metrics").status()).isEqualTo(403);
    }

    @Test
    void behindAProxyThatIsNotConfiguredFiguresStayHidden() {
        try (TestServer plain = TestServer.start()) {
            assertThat(plain.http()
                            .with("X-Forwarded-For", "198.51.100.22")
                            .get("/metrics")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void socketStatsEqualTheSocketsThatAreOpen() {
        try (TestServer server = TestServer.start()) {
            TestServer.TestCompany company = server.company("Acme");
            TestServer.TestUser admin = company.user(Role.ADMIN);
            TestServer.TestUser agent = company.user(Role.AGENT);
            URI live = URI.create(server.url().toString().replace("http", "ws") + "/live");
            List<LiveClient> clients =
                    List.of(new LiveClient(live).open(), new LiveClient(live).open(), new LiveClient(live).open());
            greet(clients.get(0), admin);
            greet(clients.get(1), agent);
            greet(clients.get(2), agent.again());
            JsonNode stats = admin.http().get("/socket-stats").json();
            assertThat(stats.get("connectedUsers").asInt()).isEqualTo(2);
            assertThat(stats.get("connections").asInt()).isEqualTo(3);
            int byNode = 0;
            for (JsonNode node : stats.get("byNode")) {
                byNode += node.asInt();
            }
            assertThat(byNode).isEqualTo(3);
            clients.get(1).close();
            clients.get(2).cut();
            await(() ->
                    admin.http().get("/socket-stats").json().get("connections").asInt() == 1);
            assertThat(admin.http()
                            .get("/socket-stats")
                            .json()
                            .get("connectedUsers")
                            .asInt())
                    .isEqualTo(1);
            assertThat(agent.http().get("/socket-stats").status()).isEqualTo(403);
            clients.get(0).close();
        }
    }

    private static void greet(LiveClient client, TestServer.TestUser user) {
        client.say(Map.of("type", "hello", "token", user.token()));
        client.await("welcome");
    }

    @Test
    void theSystemStatusTellsOfDatabaseQueueDiskMemoryAndTimes() {
        for (int i = 0; i < 20; i++) {
            admin.http().get("/users");
        }
        JsonNode status = admin.http().get("/settings/system/status").json();
        assertThat(status.get("status").asText()).isEqualTo("ok");
        assertThat(status.at("/database/status").asText()).isEqualTo("ok");
        assertThat(status.at("/database/latencyMs").asDouble()).isPositive();
        assertThat(status.at("/database/pool/most").asInt()).isEqualTo(10);
        assertThat(status.get("nodes")).isNotEmpty();
        assertThat(status.at("/queue/waitingCalls").asInt()).isZero();
        assertThat(status.get("carrier").isNull()).isTrue();
        assertThat(status.at("/disk/freeBytes").asLong()).isPositive();
        assertThat(status.at("/memory/heapUsedBytes").asLong()).isPositive();
        assertThat(status.at("/responseTimes/requests").asLong()).isGreaterThanOrEqualTo(20);
        assertThat(status.at("/responseTimes/p95").asDouble())
                .isGreaterThanOrEqualTo(status.at("/responseTimes/p50").asDouble())
                .isPositive();
        assertThat(status.at("/errorRate/0/failed").asLong()).isZero();
        assertThat(acme.user(Role.MANAGER).http().get("/settings/system/status").status())
                .isEqualTo(403);
        assertThat(server.http().get("/settings/system/status").status()).isEqualTo(401);
        assertThat(server.http().below("").get("/metrics").text()).contains("http_server_response_seconds{");
    }

    @Test
    void responseTimesAndFailuresOfTheLastFifteenMinutesAreKnownToTenPercent() {
        long[] now = {0};
        Timings timings = new Timings(() -> now[0]);
        for (int i = 1; i <= 100; i++) {
            timings.record(Duration.ofMillis(i).toNanos(), i > 90 ? 500 : 200);
        }
        assertThat(timings.responseTimes().p50()).isBetween(50.0, 55.0);
        assertThat(timings.responseTimes().p95()).isBetween(95.0, 105.0);
        assertThat(timings.errorRate()).containsExactly(new Timings.ErrorRate(0, 100, 10, 0.1));
        now[0] = Duration.ofMinutes(14).toNanos();
        timings.record(1, 200);
        assertThat(timings.errorRate())
                .extracting(Timings.ErrorRate::minutesAgo)
                .containsExactly(0, 14);
        now[0] = Duration.ofMinutes(15).toNanos();
        assertThat(timings.responseTimes().requests()).isEqualTo(1);
    }
}
