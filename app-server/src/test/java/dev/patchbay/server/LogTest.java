package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Json;
import dev.patchbay.model.Role;
import dev.patchbay.server.live.LiveClient;
import dev.patchbay.server.logs.Redaction;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the log files hold, and what they never do.
class LogTest {
    private static final Logger LOG = LoggerFactory.getLogger(LogTest.class);
    private static final Pattern LINE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d:\\d{3} \\[(ERROR|WARN|INFO|DEBUG|TRACE)]: .*");
    private static final String FORGED = "2026-11-21 00:00:00:000 [INFO]: forged";

    @TempDir
    Path folder;

    @AfterEach
    void giveTheTestsTheirLogBack() throws Exception {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        new ContextInitializer(context).autoConfig();
    }

    private void install(boolean json) {
        Logging.install(folder.resolve("logs"), Level.DEBUG, Level.OFF, new Logging.Keeping(json, 10, 14, 100));
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve("logs").resolve(file));
    }

    @Test
    void aWholeScenarioLeavesNoSecretInAnyFile() throws IOException {
        install(false);
        String phone = "+15550142877";
        String guess = "a-wrong-guess-77";
        String secretInPath = "tok-9d8f7a6b5c4e3d2f1a";
        String access;
        String refresh;
        try (TestServer server = TestServer.start()) {
            TestServer.TestUser admin = server.company("Acme").user(Role.ADMIN);
            access = admin.token();
            TestHttp http = server.http();
            http.post("/auth/login", Map.of("email", admin.email(), "password", guess));
            JsonNode tokens = http.post("/auth/login", Map.of("email", admin.email(), "password", TestServer.PASSWORD))
                    .json();
            refresh = tokens.get("refreshToken").asText();
            http.post("/auth/refresh", Map.of("refreshToken", refresh));
            admin.http().post("/leads", Map.of("name", "Greta Geheim", "phone", phone));
            admin.http().post("/leads", "{\"name\":\"broken " + phone);
            admin.http().get("/leads?q=" + phone.replace("+", "%2B") + "&token=" + secretInPath);
            http.get("/no/such/" + phone.replace("+", "%2B") + "?token=" + secretInPath);
            http.with("Authorization", "Bearer " + access + "x").get("/users");
            http.post("/visitor/acme/calls", Map.of("name", "Carla", "phone", phone));
            try (LiveClient live =
                    new LiveClient(URI.create(server.url().toString().replace("http", "ws") + "/live"))) {
                live.open();
                live.say(Map.of("type", "hello", "token", access));
                live.await("welcome");
                live.ask("lead.create", Map.of("name", "Greta", "phone", phone, "password", guess));
            }
            LOG.error("the carrier refused {}", phone, new IllegalStateException("Authorization: Bearer " + access));
        }
        List<String> combined = lines("combined.log");
        assertThat(combined)
                .anyMatch(line -> line.contains("[INFO]: POST /leads 201 "))
                .anyMatch(line -> line.contains("[WARN]: POST /auth/login 401 "))
                .anyMatch(line -> line.contains("IllegalStateException"))
                .allMatch(line -> LINE.matcher(line).matches() || line.startsWith("    "));
        for (String file : List.of("combined.log", "error.log", "runtime.log")) {
            assertThat(String.join("\n", lines(file)))
                    .as(file)
                    .doesNotContain(guess, TestServer.PASSWORD, access, refresh, phone, phone.substring(1), "eyJ")
                    .doesNotContain(secretInPath, "Geheim", "broken");
        }
        assertThat(lines("error.log")).noneMatch(line -> line.contains("[INFO]") || line.contains("[WARN]"));
        assertThat(lines("runtime.log"))
                .anyMatch(line -> line.contains("serving http://"))
                .noneMatch(line -> line.contains("/leads"));
    }

    @Test
    void whatAClientSendsForgesNoLineAndMovesNoCursor() throws IOException {
        install(false);
        String hostile = "x\r\n" + FORGED + "\u001b[2J\u2028" + FORGED + "\u0085\u202e";
        LOG.warn("named {}", hostile);
        LOG.warn("failed", new IllegalStateException(hostile, new IOException("cause\r" + FORGED)));
        List<String> lines = lines("combined.log");
        assertThat(lines)
                .allMatch(line -> LINE.matcher(line).matches() || line.startsWith("    "))
                .noneMatch(line -> line.startsWith("2026-11-21 00:00:00:000"));
        assertThat(String.join("\n", lines)).doesNotContain("\u001b", "\u2028", "\u0085", "\u202e", "\r");
    }

    @Test
    void asJsonEachLineIsOneObject() throws IOException {
        install(true);
        try (TestServer server = TestServer.start()) {
            TestServer.TestUser admin = server.company("Acme").user(Role.ADMIN);
            admin.http().with("X-Request-Id", "from-the-proxy-7").get("/users");
            LOG.error("broken\n" + FORGED, new IllegalStateException("why\nnot"));
            List<JsonNode> lines = new java.util.ArrayList<>();
            for (String line : lines("combined.log")) {
                lines.add(Json.read(line, JsonNode.class));
            }
            assertThat(lines).allSatisfy(line -> {
                assertThat(line.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
                assertThat(line.path("level").asText()).isNotEmpty();
                assertThat(line.path("logger").asText()).isNotEmpty();
            });
            JsonNode request = lines.stream()
                    .filter(line -> line.path("requestId").asText().equals("from-the-proxy-7"))
                    .findFirst()
                    .orElseThrow();
            assertThat(request.path("message").asText()).startsWith("GET /users 200");
            assertThat(request.path("company").asText())
                    .isEqualTo(admin.company().id().toString());
            assertThat(lines.getLast().path("stack").asText()).contains("IllegalStateException", "LogTest");
        }
    }

    @Test
    void aFileThatIsFullIsPutAsideAndThoseAsideTakeNoMoreRoomThanAllowed() throws IOException {
        Logging.install(folder.resolve("logs"), Level.INFO, Level.OFF, new Logging.Keeping(false, 1, 14, 2));
        String text = "x".repeat(10_000);
        for (int i = 0; i < 600; i++) {
            LOG.info("{} {}", i, text);
        }
        long end = System.nanoTime() + 10_000_000_000L;
        while (aside() > 3_000_000 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(aside()).isBetween(900_000L, 3_000_000L);
        assertThat(Files.size(folder.resolve("logs/combined.log"))).isLessThan(1_200_000);
    }

    private long aside() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
            long sum = 0;
            for (Path file : files.filter(one -> one.getFileName().toString().matches("combined\\.\\d.*\\.log"))
                    .toList()) {
                sum += Files.exists(file) ? Files.size(file) : 0;
            }
            return sum;
        } catch (java.nio.file.NoSuchFileException e) {
            return Long.MAX_VALUE;
        }
    }

    @Test
    void theFolderIsPrivate() throws IOException {
        install(false);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("logs"))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void everyAnswerCarriesARequestIdAndAHostileOneIsNotTaken() {
        try (TestServer server = TestServer.start()) {
            assertThat(server.http()
                            .with("X-Request-Id", "abc-1")
                            .get("/health")
                            .header("X-Request-Id"))
                    .contains("abc-1");
            Map<String, String> refused = new HashMap<>();
            refused.put("blank", "two words");
            refused.put("long", "x".repeat(65));
            refused.put("quote", "a\"b");
            refused.forEach((why, id) -> assertThat(server.http()
                            .with("X-Request-Id", id)
                            .get("/nowhere")
                            .header("X-Request-Id"))
                    .as(why)
                    .hasValueSatisfying(made -> assertThat(made).matches("[0-9a-f]{16}")));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "call +1 555 014 2877 now|call +155…77 now",
                "password=hunter2 user=x|password=******** user=x",
                "{\"refreshToken\":\"abc.def\",\"a\":1}|{\"refreshToken\":********,\"a\":1}",
                "jdbc:postgresql://u:pw@db/x|jdbc:postgresql://********@db/x",
                "Authorization: Bearer abcdef123456|Authorization: Bearer ********",
                "key pbk_live_0123456789 used|key ******** used",
                "at 2026-11-21T10:00:00+01:00|at 2026-11-21T10:00:00+01:00",
                "took 12 ms, 3 + 4 = 7|took 12 ms, 3 + 4 = 7"
            })
    void secretsAndNumbersAreTakenOut(String text, String clean) {
        assertThat(Redaction.of(text)).isEqualTo(clean);
    }
}
