package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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

class SecondFactorTest {
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

    /// An authenticator app: reads the secret as apps do and shows codes.
    record App(byte[] secret) {
        static App of(String base32) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            long group = 0;
            int bits = 0;
            for (char letter : base32.toCharArray()) {
                group = group << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
                bits += 5;
                if (bits >= 8) {
                    bits -= 8;
                    bytes.write((int) (group >> bits) & 0xff);
                }
            }
            return new App(bytes.toByteArray());
        }

        String code(Instant at) {
            return Totp.code(secret, at.getEpochSecond() / 30);
        }

        String now() {
            return code(server.clock().instant());
        }
    }

    private record Owner(TestServer.TestUser user, App app, JsonNode setup) {
        TestHttp.Reply login(@Nullable String code) {
            Map<String, String> body = new HashMap<>(Map.of("email", user.email(), "password", TestServer.PASSWORD));
            if (code != null) {
                body.put("code", code);
            }
            return server.http().post("/auth/login", body);
        }
    }

    private static Owner owner() {
        TestServer.TestUser user = acme.user(Role.AGENT);
        JsonNode setup = user.http()
                .post("/auth/totp", Map.of("password", TestServer.PASSWORD))
                .json();
        Owner owner = new Owner(user, App.of(setup.get("secret").asText()), setup);
        assertThat(owner.login(null).status()).as("not confirmed: not needed").isEqualTo(200);
        assertThat(user.http()
                        .post("/auth/totp/confirm", Map.of("code", owner.app().now()))
                        .status())
                .isEqualTo(204);
        server.clock().tick(Duration.ofSeconds(30));
        return owner;
    }

    /// RFC 6238 appendix B, the last six digits of its eight.
    @Test
    void theCodesAreThoseOfTheStandard() {
        byte[] secret = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
        Map<Long, String> expected = Map.of(
                59L,
                "287082",
                1111111109L,
                "081804",
                1111111111L,
                "050471",
                1234567890L,
                "005924",
                2000000000L,
                "279037",
                20000000000L,
                "353130");
        expected.forEach((time, code) -> assertThat(Totp.code(secret, Totp.step(Instant.ofEpochSecond(time))))
                .isEqualTo(code));
        assertThat(App.of(Totp.base32(secret)).secret()).isEqualTo(secret);
    }

    @Test
    void whoHasASecondFactorNeedsItToSignIn() {
        Owner owner = owner();
        TestHttp.Reply without = owner.login(null);
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.error().code()).isEqualTo("TOTP_REQUIRED");
        assertThat(owner.login("000000").error().code()).isEqualTo("TOTP_WRONG");
        assertThat(owner.login(owner.app().now()).status()).isEqualTo(200);
        assertThat(owner.user().http().get("/auth/totp").json().get("enabled").asBoolean())
                .isTrue();
    }

    @Test
    void aWrongPasswordNeverTellsThatThereIsASecondFactor() {
        Owner owner = owner();
        TestHttp.Reply reply = server.http()
                .post(
                        "/auth/login",
                        Map.of(
                                "email", owner.user().email(),
                                "password", "not it at all",
                                "code", owner.app().now()));
        assertThat(reply.error().code()).isEqualTo("INVALID_CREDENTIALS");
    }

    @Test
    void aCodeCountsOnceAndAnOlderOneNotAfterIt() {
        Owner owner = owner();
        Instant now = server.clock().instant();
        String before = owner.app().code(now.minusSeconds(30));
        String code = owner.app().now();
        assertThat(owner.login(code).status()).isEqualTo(200);
        assertThat(owner.login(code).error().code()).isEqualTo("TOTP_WRONG");
        assertThat(owner.login(before).error().code()).isEqualTo("TOTP_WRONG");
    }

    @Test
    void aClockOneStepOffIsForgivenAndTwoStepsAreNot() {
        Owner owner = owner();
        server.clock().tick(Duration.ofMinutes(5));
        Instant now = server.clock().instant();
        assertThat(owner.login(owner.app().code(now.minusSeconds(60))).status()).isEqualTo(401);
        assertThat(owner.login(owner.app().code(now.plusSeconds(60))).status()).isEqualTo(401);
        assertThat(owner.login(owner.app().code(now.minusSeconds(30))).status()).isEqualTo(200);
        assertThat(owner.login(owner.app().code(now.plusSeconds(30))).status()).isEqualTo(200);
    }

    @Test
    void ofEightSignInsWithOneCodeAtOnceOneSucceeds() throws Exception {
        Owner owner = owner();
        String code = owner.app().now();
        List<Callable<Integer>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tries.add(() -> owner.login(code).status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> one : all.invokeAll(tries)) {
                statuses.add(one.get());
            }
        }
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    }

    @Test
    void aRecoveryCodeSignsInOnce() {
        Owner owner = owner();
        assertThat(owner.setup().get("recoveryCodes")).hasSize(10);
        String recovery = owner.setup().get("recoveryCodes").get(3).asText();
        assertThat(owner.login(recovery.toLowerCase(java.util.Locale.ROOT)).status())
                .isEqualTo(200);
        assertThat(owner.login(recovery).error().code()).isEqualTo("TOTP_WRONG");
    }

    @Test
    void codesCannotBeGuessed() {
        Owner owner = owner();
        for (int i = 0; i < 10; i++) {
            assertThat(owner.login("12345" + i).status()).isIn(200, 401);
        }
        assertThat(owner.login(owner.app().now()).status()).isEqualTo(429);
    }

    @Test
    void itIsSetUpAndSwitchedOffWithThePasswordOnly() {
        TestServer.TestUser user = acme.user(Role.AGENT);
        assertThat(user.http().post("/auth/totp", Map.of("password", "not it")).status())
                .isEqualTo(400);
        assertThat(user.http()
                        .post("/auth/totp/confirm", Map.of("code", "123456"))
                        .error()
                        .code())
                .isEqualTo("TOTP_NOT_BEGUN");
        Owner owner = owner();
        assertThat(owner.user()
                        .http()
                        .post("/auth/totp", Map.of("password", TestServer.PASSWORD))
                        .error()
                        .code())
                .isEqualTo("TOTP_ENABLED");
        assertThat(owner.user()
                        .http()
                        .send("DELETE", "/auth/totp", Map.of("password", "not it"))
                        .status())
                .isEqualTo(400);
        assertThat(owner.login(null).status()).isEqualTo(401);
        assertThat(owner.user()
                        .http()
                        .send("DELETE", "/auth/totp", Map.of("password", TestServer.PASSWORD))
                        .status())
                .isEqualTo(204);
        assertThat(owner.login(null).status()).isEqualTo(200);
    }

    @Test
    void theDatabaseHoldsNeitherTheSecretNorTheRecoveryCodes() {
        Owner owner = owner();
        List<String> kept = server.database().acrossCompanies(handle -> handle.createQuery("""
                        select secret from user_totp where user_id = :user
                        union all select code_hash from recovery_code where user_id = :user
                        """)
                .bind("user", owner.user().id().value())
                .mapTo(String.class)
                .list());
        assertThat(kept).hasSize(11);
        String stored = String.join(" ", kept);
        assertThat(stored).contains("s1.");
        assertThat(stored).doesNotContain(owner.setup().get("secret").asText());
        owner.setup().get("recoveryCodes").forEach(code -> assertThat(stored)
                .doesNotContain(code.asText())
                .doesNotContain(code.asText().replace("-", "")));
    }

    @Test
    void theAddressForTheAppNamesTheAccount() {
        Owner owner = owner();
        assertThat(owner.setup().get("uri").asText())
                .startsWith("otpauth://totp/Patchbay:" + owner.user().email().replace("@", "%40") + "?secret=")
                .contains("&issuer=Patchbay");
    }
}
