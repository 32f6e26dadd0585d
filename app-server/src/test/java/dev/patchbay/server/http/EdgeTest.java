package dev.patchbay.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.FieldError;
import dev.patchbay.model.Role;
import dev.patchbay.model.UserView;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeTest {
    private static TestServer server;
    private static TestServer.TestUser admin;

    // Not where they are declared: a class runs again after a failure, and its subclass on the other database.
    @BeforeAll
    static void start() {
        server = TestServer.builder()
                .with(Setting.ALLOWED_ORIGINS, "https://crm.example")
                .start();
        admin = server.company("Acme").user(Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, Object> person(String name) {
        return new HashMap<>(Map.of(
                "name",
                name,
                "email",
                UUID.randomUUID() + "@acme.test",
                "password",
                TestServer.PASSWORD,
                "roles",
                Set.of("Agent")));
    }

    @Test
    void anUnknownPathAnswers404WithTheErrorBody() {
        TestHttp.Reply reply = server.http().get("/no/such/path");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.error().code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void aMethodThatAPathDoesNotTakeAnswers405AndTellsWhichItDoes() {
        TestHttp.Reply reply = admin.http().delete("/users");
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.error().code()).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(reply.header("Allow").orElse("")).contains("GET").contains("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1", "/api", ""})
    void everyRouteAnswersUnderItsAliases(String prefix) {
        assertThat(admin.http().below(prefix).get("/auth/profile").status()).isEqualTo(200);
        assertThat(server.http().below(prefix).get("/health").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[1,2", "{\"email\":}", "", "nonsense", "[]", "null", "\"text\"", "{\"a\":1} trailing"})
    void whatIsNoJsonObjectIsRefusedNamingTheBody(String text) {
        TestHttp.Reply reply = server.http().post("/auth/login", text);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().errors()).isNotEmpty();
    }

    @Test
    void jsonNestedAThousandDeepIsRefused() {
        TestHttp.Reply reply = server.http().post("/auth/login", "{\"a\":".repeat(1000) + "1" + "}".repeat(1000));
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void everyMissingFieldIsNamed() {
        TestHttp.Reply reply = admin.http().post("/users", Map.of("name", "Ann"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().errors()).extracting(FieldError::field).contains("email", "password", "roles");
    }

    @Test
    void aFieldOfTheWrongKindIsNamed() {
        Map<String, Object> body = person("Ann");
        body.put("roles", List.of("Emperor"));
        TestHttp.Reply reply = admin.http().post("/users", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().errors().getFirst().field()).startsWith("roles");
    }

    @Test
    void tenMegabytesAreRefused() {
        TestHttp.Reply reply = server.http().post("/auth/login", "{\"email\":\"" + "a".repeat(10_000_000) + "\"}");
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.error().code()).isEqualTo("TOO_LARGE");
    }

    @Test
    void aFormIsRefusedAsTheWrongMediaType() {
        TestHttp.Reply reply = server.http()
                .with("Content-Type", "application/x-www-form-urlencoded")
                .post("/auth/login", "email=a&password=b");
        assertThat(reply.status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero\\u0000byte", "half \\ud800 pair", "\\udc00 other half"})
    void textThatNoDatabaseStoresIsRefusedNamingTheField(String escaped) {
        TestHttp.Reply reply = admin.http()
                .post(
                        "/users",
                        "{\"name\":\"" + escaped
                                + "\",\"email\":\"x@acme.test\",\"password\":\"long enough!\",\"roles\":[\"Agent\"]}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().errors()).extracting(FieldError::field).containsExactly("name");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        TestHttp.Reply reply = server.http().send("POST", "/auth/login", new byte[] {'{', '"', (byte) 0xff, '"', '}'});
        assertThat(reply.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "Robert'); DROP TABLE app_user;--",
                "\u202egnp.exe",
                "${jndi:ldap://x/a}",
                "表ポあA鷗ŒéＢ逍Üßªąñ丂㐀𠀀",
                "👩‍👩‍👧‍👧 🇩🇪",
                "الكل في المجمو عة",
                "%s%n%x {{7*7}} ../../etc/passwd",
                "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤"
            })
    void hostileNamesComeBackAsTheyWent(String name) {
        UserView made = admin.http().post("/users", person(name), UserView.class);
        UserView read = admin.http().get("/users/" + made.id(), UserView.class);
        assertThat(read.name()).isEqualTo(name);
    }

    @Test
    void everyAnswerForbidsSniffingFramingAndScripts() {
        TestHttp.Reply reply = server.http().get("/health");
        assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(reply.header("X-Frame-Options")).contains("DENY");
        assertThat(reply.header("Referrer-Policy")).contains("no-referrer");
        assertThat(reply.header("Content-Security-Policy").orElse("")).contains("default-src 'none'");
        assertThat(reply.header("Server")).isEmpty();
    }

    @Test
    void anOriginOnTheListMayReadAndAnotherMayNot() {
        TestHttp.Reply listed = server.http()
                .with("Origin", "https://crm.example")
                .with("Access-Control-Request-Method", "POST")
                .send("OPTIONS", "/leads", null);
        assertThat(listed.status()).isEqualTo(204);
        assertThat(listed.header("Access-Control-Allow-Origin")).contains("https://crm.example");
        assertThat(listed.header("Access-Control-Allow-Headers").orElse("")).contains("Authorization");
        TestHttp.Reply other =
                server.http().with("Origin", "https://evil.example").get("/health");
        assertThat(other.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void aRequestSentAgainWithItsKeyGetsTheFirstAnswerAndChangesNothing() {
        TestHttp http = admin.http().with("Idempotency-Key", "make-ann-once");
        Map<String, Object> body = person("Ann");
        TestHttp.Reply first = http.post("/users", body);
        TestHttp.Reply second = http.post("/users", body);
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("Idempotency-Replayed")).contains("true");
    }

    @Test
    void theSameKeyForAnotherRequestIsAMistake() {
        TestHttp http = admin.http().with("Idempotency-Key", "one-key");
        http.post("/users", person("Ann"), UserView.class);
        TestHttp.Reply other = http.post("/users", person("Bob"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.error().code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void aRefusedRequestMayBeSentAgainWithTheSameKey() {
        TestHttp http = admin.http().with("Idempotency-Key", "second-try");
        Map<String, Object> body = person("Ann");
        body.put("password", "short");
        assertThat(http.post("/users", body).status()).isEqualTo(400);
        body.put("password", TestServer.PASSWORD);
        assertThat(http.post("/users", body).status()).isEqualTo(201);
    }

    @Test
    void healthSaysOkAndMetricsCountRequests() {
        assertThat(server.http().get("/health").json().get("status").asText()).isEqualTo("ok");
        assertThat(server.http().below("").get("/metrics").text())
                .contains("http_server_requests_seconds_count", "hikaricp_connections", "jvm_memory_used_bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users/%00", "/users/..%2f..%2fetc", "/users/%zz", "/users;x=1/../y"})
    void anAddressThatIsNoneIsRefusedWithTheErrorBodyAndNoTrace(String path) throws Exception {
        // The JDK's client would mend or refuse such addresses itself.
        try (Socket socket = new Socket(server.url().getHost(), server.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /api/v1" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 4")
                    .contains("\"status\":\"error\"")
                    .doesNotContain("org.eclipse");
        }
    }

    @Test
    void aLimitThatIsNoNumberIsNamed() {
        TestHttp.Reply reply = admin.http().get("/users?limit=lots");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().errors().getFirst().field()).isEqualTo("limit");
    }
}
