package dev.patchbay.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Role;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static TestServer server;
    private static TestServer.TestCompany acme;

    // Not where they are declared: a class runs again after a failure, and its subclass on the other database.
    @BeforeAll
    static void start() {
        server = TestServer.builder()
                .with(Setting.RATE_LIMIT_MAX_REQUESTS, "100")
                .with(Setting.RATE_LIMIT_USER_PER_SECOND, "50")
                .with(Setting.TRUSTED_PROXIES, "127.0.0.1")
                .start();
        acme = server.company("Acme");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestHttp from(String address) {
        return server.http().with("X-Forwarded-For", address);
    }

    @Test
    void theHundredAndFirstRequestWithoutATokenMustWait() {
        TestHttp http = from("198.51.100.1");
        for (int i = 0; i < 100; i++) {
            assertThat(http.get("/auth/profile").status()).isEqualTo(401);
        }
        TestHttp.Reply refused = http.get("/auth/profile");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error().code()).isEqualTo("TOO_MANY_REQUESTS");
        long wait = Long.parseLong(refused.header("Retry-After").orElseThrow());
        assertThat(wait).isBetween(1L, 900L);
        assertThat(from("198.51.100.2").get("/auth/profile").status()).isEqualTo(401);
        server.clock().tick(Duration.ofSeconds(wait));
        assertThat(http.get("/auth/profile").status()).isEqualTo(401);
    }

    @Test
    void forgedTokensCountAsNoToken() {
        TestHttp http = from("198.51.100.3").with("Authorization", "Bearer x.y.z");
        for (int i = 0; i < 100; i++) {
            assertThat(http.get("/auth/profile").status()).isEqualTo(401);
        }
        assertThat(http.get("/auth/profile").status()).isEqualTo(429);
    }

    @Test
    void anAddressThatTheClientInventsIsNotBelieved() {
        // The proxy appends the address it saw; what stands before it is the client's own word.
        TestHttp.Reply last = null;
        for (int i = 0; i <= 100; i++) {
            last = from("203.0.113." + i + ", 198.51.100.4").get("/auth/profile");
        }
        assertThat(last).isNotNull();
        assertThat(last.status()).isEqualTo(429);
    }

    @Test
    void addressesOfOneIpv6NetworkCountAsOne() {
        TestHttp.Reply last = null;
        for (int i = 0; i <= 100; i++) {
            last = from("2001:db8:1:2::" + Integer.toHexString(i + 1)).get("/auth/profile");
        }
        assertThat(last).isNotNull();
        assertThat(last.status()).isEqualTo(429);
        assertThat(from("2001:db8:1:3::1").get("/auth/profile").status()).isEqualTo(401);
    }

    @Test
    void aSignedInUserHasBurstsOfFiveHundredAndNoMore() {
        TestHttp http = acme.user(Role.AGENT).http();
        for (int i = 0; i < 500; i++) {
            assertThat(http.get("/auth/profile").status()).isEqualTo(200);
        }
        assertThat(http.get("/auth/profile").status()).isEqualTo(429);
        server.clock().tick(Duration.ofSeconds(1));
        assertThat(http.get("/auth/profile").status()).isEqualTo(200);
    }

    @Test
    void theEleventhWrongPasswordMustWaitEvenIfItIsRight() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        Map<String, String> right = Map.of("email", agent.email(), "password", TestServer.PASSWORD);
        assertThat(from("198.51.100.6").post("/auth/login", right).status()).isEqualTo(200);
        TestHttp http = from("198.51.100.5");
        for (int i = 0; i < 10; i++) {
            assertThat(http.post("/auth/login", Map.of("email", agent.email(), "password", "guess " + i))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(http.post("/auth/login", right).status()).isEqualTo(429);
        assertThat(from("198.51.100.12").post("/auth/login", right).status()).isEqualTo(429);
        // Where the person signed in before, strangers' guesses do not count; and who is signed in stays so.
        assertThat(from("198.51.100.6").post("/auth/login", right).status()).isEqualTo(200);
        assertThat(agent.http().get("/auth/profile").status()).isEqualTo(200);
        server.clock().tick(Duration.ofMinutes(15));
        assertThat(from("198.51.100.12").post("/auth/login", right).status()).isEqualTo(200);
    }

    @Test
    void whoFloodsTheCallPageWaitsAndOthersAreServed() {
        String page = "/call/" + acme.slug();
        TestHttp flooder = from("198.51.100.8").below("");
        int served = 0;
        TestHttp.Reply last = flooder.get(page);
        while (last.status() == 200) {
            served++;
            last = flooder.get(page);
        }
        assertThat(served).isEqualTo(600);
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.header("Retry-After")).isPresent();
        TestHttp other = from("198.51.100.9");
        assertThat(other.below("").get(page).status()).isEqualTo(200);
        assertThat(other.get("/visitor/" + acme.slug()).status()).isEqualTo(200);
        assertThat(other.post("/visitor/" + acme.slug() + "/calls", Map.of("name", "Carla"))
                        .status())
                .isEqualTo(201);
        assertThat(acme.user(Role.AGENT).http().get("/auth/profile").status()).isEqualTo(200);
    }

    @Test
    void whoAsksForCallAfterCallWaitsAndOthersAreServed() {
        String calls = "/visitor/" + acme.slug() + "/calls";
        for (int n = 0; n < 5; n++) {
            assertThat(from("198.51.100.10")
                            .post(calls, Map.of("name", "Carla"))
                            .status())
                    .isEqualTo(201);
        }
        assertThat(from("198.51.100.10").post(calls, Map.of("name", "Carla")).status())
                .isEqualTo(429);
        assertThat(from("198.51.100.11").post(calls, Map.of("name", "Carla")).status())
                .isEqualTo(201);
    }

    @Test
    void aWholeOfficeBehindOneAddressMaySignIn() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        String refresh = agent.tokens().refreshToken();
        TestHttp http = from("198.51.100.7");
        for (int i = 0; i < 120; i++) {
            TestHttp.Reply reply = http.post("/auth/refresh", Map.of("refreshToken", refresh));
            assertThat(reply.status()).isEqualTo(200);
            refresh = reply.json().get("refreshToken").asText();
        }
    }
}
