package dev.patchbay.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Json;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.access.Input;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.live.LiveClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Nothing that a client sends is a failure of the server: no 5xx, no stack trace in an answer, no error in the log.
class FuzzTest {
    /// How many requests, fields and frames of each kind; every run has other ones, its seed is printed.
    private static final int SIZE = Integer.getInteger(
            "patchbay.fuzz", System.getProperty("patchbay.size", "").equals("full") ? 100_000 : 700);

    private static final long SEED = Long.getLong("patchbay.fuzz.seed", System.nanoTime());
    private static TestServer server;
    private static TestServer.TestCompany acme;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Map<Integer, Integer> answers = new TreeMap<>();
    private TestServer.TestUser admin = acme.user(Role.ADMIN);

    record Any(Map<String, Object> a) {}

    @BeforeAll
    static void start() {
        server = TestServer.start();
        acme = server.company("Acme");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ch.qos.logback.classic.Logger root() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("ROOT");
    }

    @BeforeEach
    void listen() {
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void nothingFailed() {
        root().detachAppender(log);
        assertThat(log.list.stream()
                        .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                        .map(ILoggingEvent::getFormattedMessage)
                        .distinct()
                        .toList())
                .as("errors in the log (seed " + SEED + ")")
                .isEmpty();
    }

    private Requests requests(Random random) {
        return new Requests(
                server.http().below("").get("/api-docs/openapi.json").json(), random);
    }

    private void send(Requests.Operation operation, String address, @org.jspecify.annotations.Nullable String body) {
        TestHttp.Reply reply = admin.http().send(operation.method(), address, body);
        if (reply.status() == 401) {
            // It signed itself out, or was switched off.
            admin = acme.user(Role.ADMIN);
            reply = admin.http().send(operation.method(), address, body);
        }
        String what = operation.method() + " " + address + " "
                + (body == null ? "" : body.substring(0, Math.min(300, body.length()))) + " (seed " + SEED + ")";
        assertThat(reply.status()).as(what).isLessThan(500);
        if (reply.status() >= 400) {
            assertThat(reply.error().status()).as(what).isEqualTo("error");
            assertThat(reply.text())
                    .as(what)
                    .doesNotContain("\tat ", "at dev.patchbay", "java.lang", "Exception", "org.h2", "org.postgresql");
        }
        answers.merge(reply.status(), 1, Integer::sum);
    }

    /// Ending the company itself would end the test.
    private static boolean endsEverything(Requests.Operation operation) {
        return operation.method().equals("DELETE") && operation.path().startsWith("/companies");
    }

    /// A hash costs a tenth of a second: routes that make one are asked less often.
    private static boolean isCostly(Requests.Operation operation) {
        return operation.path().contains("/auth/")
                || operation.path().contains("password")
                || operation.method().equals("POST") && operation.path().matches("/(users|companies)");
    }

    @Test
    void requestsMadeFromTheDocumentAreAnsweredWhateverTheyHold() {
        Random random = new Random(SEED);
        Requests requests = requests(random);
        List<String> ids = new ArrayList<>(
                List.of(UUID.randomUUID().toString(), acme.user(Role.AGENT).id().toString()));
        List<Requests.Operation> operations = requests.operations().stream()
                .filter(one -> !endsEverything(one))
                .toList();
        for (int i = 0; i < SIZE; i++) {
            Requests.Operation operation = operations.get(random.nextInt(operations.size()));
            if (isCostly(operation) && random.nextInt(8) > 0) {
                continue;
            }
            JsonNode schema = operation.body();
            String body = null;
            if (schema != null) {
                JsonNode right = requests.right(schema, 0);
                body = random.nextInt(4) == 0
                        ? right.toString()
                        : requests.wrong(right).toString();
                if (random.nextInt(20) == 0) {
                    body = body.substring(0, random.nextInt(body.length() + 1));
                }
            }
            send(operation, requests.address(operation, ids), body);
            if (i == SIZE / 10) {
                harvest(ids);
            }
        }
        System.out.println("fuzz: " + SIZE + " requests over " + operations.size() + " operations, answers " + answers
                + ", 0 failures, seed " + SEED);
    }

    /// Ids of things that are there by now.
    private void harvest(List<String> ids) {
        for (String list : List.of("/leads", "/queues", "/calls", "/agents")) {
            JsonNode answer = admin.http().get(list).json();
            (answer.has("items") ? answer.get("items") : answer).forEach(item -> {
                if (item.has("id")) {
                    ids.add(item.get("id").asText());
                }
            });
        }
    }

    @Test
    void everyTextFieldTakesOrRefusesEveryHostileText() {
        Random random = new Random(SEED);
        Requests requests = requests(random);
        List<String> texts = HostileTexts.all();
        record Field(Requests.Operation operation, JsonNode schema, String name) {}
        List<Field> fields = new ArrayList<>();
        for (Requests.Operation operation : requests.operations()) {
            JsonNode schema = operation.body();
            if (schema != null && !(isCostly(operation) && SIZE < 10_000)) {
                requests.textFields(schema).forEach(name -> fields.add(new Field(operation, schema, name)));
            }
        }
        assertThat(fields).isNotEmpty();
        int sent = 0;
        // In the small run each text meets some fields; in the full one all meet all.
        int step = Math.max(1, fields.size() * texts.size() / SIZE);
        for (int i = random.nextInt(step); i < fields.size() * texts.size(); i += step) {
            Field field = fields.get(i % fields.size());
            String text = texts.get(i / fields.size());
            JsonNode body = requests.right(field.schema(), 0);
            ((com.fasterxml.jackson.databind.node.ObjectNode) body).put(field.name(), text);
            send(
                    field.operation(),
                    requests.address(
                            field.operation(), List.of(UUID.randomUUID().toString())),
                    body.toString());
            sent++;
        }
        System.out.println("hostile texts: " + texts.size() + " texts, " + fields.size() + " fields, " + sent
                + " requests, answers " + answers + ", 0 failures");
    }

    @Test
    void everyJsonTextIsReadAndEverythingElseIsRefused() {
        for (String text : JsonCorpus.MUST_BE_READ) {
            assertThat(Input.read("{\"a\":{\"x\":" + text + "}}", Any.class))
                    .as(text)
                    .isNotNull();
        }
        Requests.Operation operation = new Requests.Operation("POST", "/leads", null, List.of());
        for (String text : JsonCorpus.MUST_BE_REFUSED) {
            assertThatThrownBy(() -> Input.read(text, Any.class)).as(text).isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> Input.read("{\"a\":{\"x\":" + text + "}}", Any.class))
                    .as(text)
                    .isInstanceOf(Refusal.class);
            send(operation, "/leads", text);
        }
        assertThat(answers).containsOnlyKeys(400);
        System.out.println(
                "JSON: " + JsonCorpus.MUST_BE_READ.size() + " read, " + JsonCorpus.MUST_BE_REFUSED.size() + " refused");
    }

    @Test
    void mutatedFramesEndAtMostTheirOwnSocket() throws IOException {
        Random random = new Random(SEED);
        List<String> commands = List.of(
                "ping", "lead.claim", "call.answer", "agent.setState", "auth.renew", "call.hold", "nobody.knows");
        URI live = URI.create(server.url().toString().replace("http", "ws") + "/live");
        TestServer.TestUser other = acme.user(Role.AGENT);
        int sockets = 0;
        try (LiveClient witness = new LiveClient(live).open()) {
            witness.say(Map.of("type", "hello", "token", other.token()));
            witness.await("welcome");
            for (int sent = 0; sent < SIZE; ) {
                TestServer.TestUser agent = sockets % 20 == 0 ? acme.user(Role.AGENT) : other.again();
                try (RawSocket socket = RawSocket.open(server.url())) {
                    sockets++;
                    if (random.nextInt(4) > 0) {
                        socket.send(
                                RawSocket.FIN | RawSocket.TEXT,
                                Json.write(Map.of("type", "hello", "token", agent.token())));
                    }
                    for (int i = 0; i < 20; i++, sent++) {
                        socket.raw(mutated(commands.get(random.nextInt(commands.size())), random));
                    }
                } catch (java.net.SocketException e) {
                    // The server had enough of it, which is right.
                    sent++;
                }
            }
            assertThat(witness.ask("ping", null).path("type").asText()).isEqualTo("reply");
        }
        System.out.println("frames: " + SIZE + " mutated ones on " + sockets + " sockets, the witness lives");
    }

    private byte[] mutated(String command, Random random) {
        String text = Json.write(Map.of(
                "type",
                command,
                "id",
                "f-" + random.nextInt(1000),
                "data",
                Map.of(
                        "lead",
                        UUID.randomUUID(),
                        "call",
                        UUID.randomUUID(),
                        "state",
                        HostileTexts.all().get(random.nextInt(HostileTexts.all().size())),
                        "version",
                        random.nextInt())));
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = RawSocket.frame(RawSocket.FIN | RawSocket.TEXT, payload, true);
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            case 2 -> {
                for (int i = 0; i < 10; i++) {
                    frame[8 + random.nextInt(frame.length - 8)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            default -> frame[0] = (byte) random.nextInt();
        }
        return frame;
    }
}
