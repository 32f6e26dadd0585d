package dev.patchbay.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Role;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.live.LiveClient;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the edge does with those who mean harm: the block list, foreign sites, slow and oversized requests.
class AbuseTest {
    private static TestServer server;
    private static TestServer.TestCompany acme;
    private static TestServer.TestUser admin;

    // Not where they are declared: a class runs again after a failure, and its subclass on the other database.
    @BeforeAll
    static void start() {
        server = TestServer.builder()
                .with(Setting.TRUSTED_PROXIES, "127.0.0.1")
                .with(Setting.ALLOWED_ORIGINS, "https://crm.example")
                .with(Setting.PUBLIC_URL, "https://calls.example")
                .with(Setting.REQUEST_TIMEOUT, "1s")
                .start();
        acme = server.company("Acme");
        admin = acme.user(Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestHttp from(String address) {
        return server.http().with("X-Forwarded-For", address);
    }

    private static JsonNode block(String address, int status) {
        TestHttp.Reply reply =
                admin.http().post("/blocked-addresses", Map.of("address", address, "reason", "flooding"));
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        return reply.json();
    }

    private static double metric(String name) {
        return server.http()
                .below("")
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /// What the server answers to bytes as they are; the connection is closed by the server.
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(server.url().getHost(), server.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String upgrade(String... headers) throws IOException {
        try (Socket socket = new Socket(server.url().getHost(), server.url().getPort())) {
            socket.setSoTimeout(10_000);
            String request = "GET /live HTTP/1.1\r\nHost: localhost:"
                    + server.url().getPort()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] first = socket.getInputStream().readNBytes(12);
            return new String(first, StandardCharsets.US_ASCII);
        }
    }

    @Test
    void aBlockedAddressIsNotServedOnRestNorOnSocketsUntilTheBlockIsLifted() throws IOException {
        double before = metric("http_server_blocked_total");
        JsonNode made = block("203.0.113.0/24", 201);
        for (String path : List.of("/health", "/auth/profile", "/no/such")) {
            TestHttp.Reply reply = from("203.0.113.77").get(path);
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.error().code()).isEqualTo("ADDRESS_BLOCKED");
            assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
        }
        assertThat(upgrade("X-Forwarded-For: 203.0.113.78")).isEqualTo("HTTP/1.1 403");
        assertThat(from("203.0.114.77").get("/health").status()).isEqualTo(200);
        assertThat(metric("http_server_blocked_total")).isEqualTo(before + 4);
        assertThat(admin.http()
                        .delete("/blocked-addresses/" + made.get("id").asText())
                        .status())
                .isEqualTo(204);
        assertThat(from("203.0.113.77").get("/health").status()).isEqualTo(200);
        assertThat(admin.http()
                        .delete("/blocked-addresses/" + made.get("id").asText())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aBlockWithAnEndEnds() {
        admin.http()
                .post(
                        "/blocked-addresses",
                        Map.of(
                                "address",
                                "2001:db8:77::/48",
                                "until",
                                server.clock().instant().plusSeconds(60).toString()));
        assertThat(from("2001:db8:77::5").get("/health").status()).isEqualTo(403);
        server.clock().tick(Duration.ofSeconds(61));
        assertThat(from("2001:db8:77::5").get("/health").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"everybody", "10.0.0.0/4", "1", "example.org", "::/1", "10.0.0.1/33", "0.0.0.0/0"})
    void whatIsNoAddressOrFarTooManyIsRefusedNamingTheField(String address) {
        assertThat(block(address, 400).at("/errors/0/field").asText()).isEqualTo("address");
    }

    @Test
    void nobodyBlocksHimself() {
        assertThat(block("127.0.0.0/8", 422).get("code").asText()).isEqualTo("OWN_ADDRESS");
    }

    @Test
    void onlyAnAdministratorOfTheInstallationBlocks() {
        assertThat(acme.user(Role.MANAGER)
                        .http()
                        .post("/blocked-addresses", Map.of("address", "198.51.100.1"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aScriptOfAForeignSiteIsRefusedOnRest() {
        for (String origin : List.of("https://evil.example", "null", "https://crm.example.evil.example")) {
            TestHttp foreign = admin.http().with("Origin", origin);
            assertThat(foreign.get("/users").status()).as(origin).isEqualTo(403);
            assertThat(foreign.post("/leads", Map.of("name", "x")).error().code())
                    .isEqualTo("ORIGIN_REFUSED");
            TestHttp.Reply preflight = server.http().with("Origin", origin).send("OPTIONS", "/leads", null);
            assertThat(preflight.status()).isEqualTo(403);
            assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
        }
    }

    @Test
    void aListedSiteOurOwnPageAndAProgramAreServed() {
        for (String origin : List.of(
                "https://crm.example",
                "https://calls.example",
                "http://localhost:" + server.url().getPort())) {
            assertThat(admin.http().with("Origin", origin).get("/users").status())
                    .as(origin)
                    .isEqualTo(200);
        }
        assertThat(admin.http().get("/users").status()).isEqualTo(200);
        assertThat(server.http()
                        .below("")
                        .with("Origin", "https://shop.example")
                        .get("/widget.js")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aSocketOfAForeignSiteIsRefusedAndOthersOpen() throws IOException {
        assertThat(upgrade("Origin: https://evil.example")).isEqualTo("HTTP/1.1 403");
        assertThat(upgrade("Origin: null")).isEqualTo("HTTP/1.1 403");
        assertThat(upgrade("Origin: https://crm.example")).isEqualTo("HTTP/1.1 101");
        assertThat(upgrade("Origin: http://localhost:" + server.url().getPort()))
                .isEqualTo("HTTP/1.1 101");
        assertThat(upgrade("X-Nothing: 1")).isEqualTo("HTTP/1.1 101");
    }

    @Test
    void aHeadThatDripsIsCut() throws Exception {
        try (Socket socket = new Socket(server.url().getHost(), server.url().getPort())) {
            socket.setSoTimeout(200);
            byte[] head =
                    "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                            .getBytes(StandardCharsets.US_ASCII);
            long start = System.nanoTime();
            boolean open = true;
            for (int i = 0; open && i < head.length; i++) {
                try {
                    socket.getOutputStream().write(head[i]);
                    open = socket.getInputStream().read() >= 0;
                } catch (java.net.SocketTimeoutException e) {
                    open = true;
                } catch (IOException e) {
                    open = false;
                }
            }
            assertThat(open).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        }
        assertThat(metric("http_server_slow_cut_total")).isPositive();
    }

    @Test
    void aBodyThatDripsIsRefused() throws Exception {
        try (Socket socket = new Socket(server.url().getHost(), server.url().getPort())) {
            socket.setSoTimeout(200);
            socket.getOutputStream()
                    .write(("POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 500\r\n\r\n{\"")
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            for (int i = 0; i < 60 && answer.isEmpty(); i++) {
                try {
                    socket.getOutputStream().write('a');
                    int c = socket.getInputStream().read();
                    if (c >= 0) {
                        answer.append((char) c)
                                .append(new String(socket.getInputStream().readNBytes(11), StandardCharsets.US_ASCII));
                    }
                } catch (java.net.SocketTimeoutException e) {
                    assertThat(answer).isEmpty();
                }
            }
            assertThat(answer.toString()).isEqualTo("HTTP/1.1 408");
        }
    }

    @Test
    void headersThatAreTooLongAreRefused() throws IOException {
        assertThat(raw("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("\"status\":\"error\"");
        assertThat(raw("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked, identity",
                "Content-Length: -1",
                "Content-Length: 5x"
            })
    void aBodyWhoseEndCanBeReadInTwoWaysIsRefused(String headers) throws IOException {
        assertThat(raw("POST /auth/login HTTP/1.1\r\nHost: localhost\r\n" + headers
                        + "\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("HTTP/1.1 404");
    }

    @Test
    void traceIsNotAnswered() throws IOException {
        assertThat(raw("TRACE /health HTTP/1.1\r\nHost: localhost\r\nX-Secret: abc\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 4")
                .doesNotContain("X-Secret");
    }

    @ParameterizedTest
    @CsvSource({"text/html, 406", "image/png, 406", "application/json, 200", "*/*, 200", "'text/html,*/*;q=0.8', 200"})
    void whoTakesNoJsonIsTold(String accept, int status) {
        assertThat(admin.http().with("Accept", accept).get("/users").status()).isEqualTo(status);
    }

    @Test
    void answersTellHowMuchMoreMayBeAsked() {
        TestHttp.Reply reply = admin.http().get("/users");
        long remaining = Long.parseLong(reply.header("RateLimit-Remaining").orElseThrow());
        assertThat(Long.parseLong(reply.header("RateLimit-Limit").orElseThrow()))
                .isGreaterThan(remaining);
        assertThat(reply.header("RateLimit-Reset")).isPresent();
        assertThat(from("198.51.100.9").get("/auth/profile").header("RateLimit-Limit"))
                .contains("1000000");
    }

    @Test
    void theAnswersHeadersTellBrowsersWhatNotToDo() {
        for (String path : List.of("/health", "/no/such", "/users")) {
            TestHttp.Reply reply = server.http().get(path);
            assertThat(reply.header("Strict-Transport-Security").orElse(""))
                    .as(path)
                    .contains("max-age=31536000", "includeSubDomains");
            assertThat(reply.header("Permissions-Policy").orElse("")).contains("microphone=()");
            assertThat(reply.header("Cross-Origin-Opener-Policy")).contains("same-origin");
            assertThat(reply.header("Cross-Origin-Resource-Policy")).contains("same-origin");
        }
    }

    @Test
    void theSixthSocketOfAUserTakesTheOldestsPlaceOrIsRefused() {
        assertThat(overflow(server)).containsExactly(0);
        try (TestServer strict = TestServer.builder()
                .with(Setting.SOCKET_OVERFLOW, "refuse")
                .with(Setting.SOCKET_MAX_CONNECTIONS_PER_USER, "3")
                .start()) {
            assertThat(overflow(strict, 3)).containsExactly(3);
        }
    }

    private static List<Integer> overflow(TestServer server) {
        return overflow(server, 5);
    }

    /// Which of the sockets is closed when there is one more than allowed.
    private static List<Integer> overflow(TestServer server, int most) {
        TestServer.TestUser agent = server.company("Crowd " + most).user(Role.AGENT);
        URI live = URI.create(server.url().toString().replace("http", "ws") + "/live");
        List<LiveClient> clients = new ArrayList<>();
        for (int i = 0; i <= most; i++) {
            LiveClient client = new LiveClient(live).open();
            client.say(Map.of("type", "hello", "token", agent.token()));
            client.await("welcome");
            clients.add(client);
            if (i < most) {
                client.ask("ping", null);
            }
        }
        await(() -> clients.stream().filter(client -> !client.isOpen()).count() == 1);
        List<Integer> gone = new ArrayList<>();
        for (int i = 0; i <= most; i++) {
            if (!clients.get(i).isOpen()) {
                gone.add(i);
                assertThat(clients.get(i).awaitClose()).isEqualTo(4008);
            }
        }
        clients.forEach(LiveClient::close);
        return gone;
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("did not happen in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
