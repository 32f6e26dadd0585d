package dev.patchbay.server.telephony.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.CallDetails;
import dev.patchbay.model.CallId;
import dev.patchbay.model.Lead;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.Role;
import dev.patchbay.model.Signal;
import dev.patchbay.model.TimelineEntry;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.TestServer.TestCompany;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Limits;
import dev.patchbay.server.live.LiveClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whole calls over HTTP and live sockets: what a console and a page see of each other.
class WebCallTest {
    private final TestServer server = TestServer.builder()
            .with(Setting.RATE_LIMIT_VISITOR_CALLS, "1000")
            .realTime()
            .start();
    private final TestCompany company = server.company("Acme");
    private final String page = "/visitor/" + company.slug();

    @AfterEach
    void stop() {
        server.close();
    }

    private LiveClient live(String token) {
        URI uri = URI.create(server.url().toString().replaceFirst("^http", "ws") + "/live");
        LiveClient client = new LiveClient(uri).open();
        client.say(Map.of("type", "hello", "token", token, "takesCalls", true, "device", "d"));
        client.await("welcome");
        return client;
    }

    private LiveClient console(TestUser agent) {
        LiveClient console = live(agent.token());
        assertThat(console.ask("agent.setState", Map.of("state", "available"))
                        .at("/data/state")
                        .asText())
                .isEqualTo("available");
        return console;
    }

    private JsonNode start(String name) {
        TestHttp.Reply reply = server.http().post(page + "/calls", Map.of("name", name, "phone", "(415) 555-2671"));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json();
    }

    private static Map<String, Object> signal(String call, String from, String to, String kind, String sdp) {
        return Map.of("call", call, "from", from, "to", to, "session", "s1", "kind", kind, "sdp", sdp);
    }

    @Test
    void aVisitorIsAnsweredSignalsPassBothWaysAndTheCallIsWrittenUp() {
        TestUser ann = company.user("Ann Lee", "ann@acme.test", Role.AGENT);
        try (LiveClient console = console(ann)) {
            JsonNode started = start("Carla");
            String call = started.at("/call/callId").asText();
            String customer = started.at("/call/me").asText();
            try (LiveClient visitor = live(started.get("token").asText())) {
                JsonNode offer = console.await("call.offered").at("/data/offer");
                assertThat(offer.at("/call/caller/phone").asText()).isEqualTo("+14155552671");
                assertThat(offer.get("peer").asText()).isEqualTo(customer);
                String me = offer.get("me").asText();

                console.ask("signal.send", signal(call, me, customer, "offer", "v=0 offer"));
                JsonNode heard = visitor.await("participant.signalled").at("/data/signal");
                assertThat(heard.get("sdp").asText()).isEqualTo("v=0 offer");
                visitor.ask("signal.send", signal(call, customer, me, "answer", "v=0 answer"));
                assertThat(console.await("participant.signalled")
                                .at("/data/signal/kind")
                                .asText())
                        .isEqualTo("answer");

                JsonNode answered = console.ask("call.answer", Map.of("call", call));
                assertThat(answered.at("/data/call/status").asText()).isEqualTo("active");
                JsonNode seen = visitor.awaitThat(
                        "connected",
                        frame -> frame.at("/data/call/status").asText().equals("connected"));
                assertThat(seen.at("/data/call/agentName").asText()).isEqualTo("Ann");
                assertThat(seen.at("/data/call/peer").asText()).isEqualTo(me);
                JsonNode mine = ann.http().get("/calls/mine", JsonNode.class);
                assertThat(mine.at("/links/0/peer").asText()).isEqualTo(customer);

                visitor.ask("call.hangup", Map.of("call", call));
                console.await("call.ended");
                ann.http().post("/calls/" + call + "/wrapup", Map.of("disposition", "resolved", "notes", "fine"));
                visitor.ask("call.rate", Map.of("call", call, "stars", 4));
                CallDetails details = ann.http().get("/calls/" + call, CallDetails.class);
                assertThat(details.call().status().wire()).isEqualTo("closed");
                assertThat(details.call().rating()).isEqualTo(4);
                assertThat(details.timeline())
                        .extracting(entry -> entry.number())
                        .startsWith(1, 2, 3);
                JsonNode history = ann.http().get("/calls?view=history&q=carl", JsonNode.class);
                assertThat(history.at("/items/0/id").asText()).isEqualTo(call);
            }
        }
    }

    @Test
    void theAgentStopsRingingWithin300MillisecondsOfTheVisitorLeaving() {
        TestUser ann = company.user(Role.AGENT);
        try (LiveClient console = console(ann)) {
            List<Long> millis = new ArrayList<>();
            for (int round = 0; round < 21; round++) {
                JsonNode started = start("Carla");
                console.await("call.offered");
                long from = System.nanoTime();
                TestHttp.Reply left = server.http()
                        .send(
                                "POST",
                                "/visitor/calls/leave",
                                Map.of("token", started.get("token").asText()));
                assertThat(left.status()).as(left.text()).isEqualTo(204);
                JsonNode ended = console.await("call.ended");
                millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from));
                assertThat(ended.at("/data/call/status").asText()).isEqualTo("abandoned");
                console.awaitThat(
                        "available",
                        frame -> frame.at("/data/agent/state").asText().equals("available"));
            }
            millis.sort(null);
            System.out.printf(
                    "visitor leaves → agent told: median %d ms, slowest %d ms of %d%n",
                    millis.get(millis.size() / 2), millis.getLast(), millis.size());
            // The median: a builder's machine is busy with other things now and then.
            assertThat(millis.get(millis.size() / 2)).isLessThanOrEqualTo(300);
        }
    }

    @Test
    void theAgentIsShownTheLeadWhoseNumberTheVisitorTyped() {
        TestUser ann = company.user(Role.MANAGER, Role.AGENT);
        Lead carla = ann.http()
                .post("/leads", Map.of("name", "Carla Diaz", "phone", "+1 415 555 2671", "source", "web"), Lead.class);
        ann.http().post("/leads", Map.of("name", "Somebody Else", "phone", "+1 415 555 2672"), Lead.class);
        try (LiveClient console = console(ann)) {
            String call = start("Carla").at("/call/callId").asText();
            JsonNode offer = console.await("call.offered").at("/data/offer");
            assertThat(offer.at("/lead/id").asText()).isEqualTo(carla.id().toString());
            assertThat(offer.at("/lead/name").asText()).isEqualTo("Carla Diaz");
            assertThat(offer.at("/call/leadId").asText()).isEqualTo(carla.id().toString());
            console.ask("call.answer", Map.of("call", call));
            assertThat(ann.http()
                            .get("/calls/" + call, CallDetails.class)
                            .call()
                            .leadId())
                    .isEqualTo(carla.id());
        }
    }

    @Test
    void aFloodOfSignalsIsRefusedAndEndsWithTime() {
        TestUser ann = company.user(Role.AGENT);
        try (LiveClient console = console(ann)) {
            JsonNode started = start("Carla");
            String me = console.await("call.offered").at("/data/offer/me").asText();
            AtomicLong nanos = new AtomicLong();
            Signalling signalling =
                    new Signalling(server.database(), new Limits(1, Duration.ofMinutes(1), 1, nanos::get));
            Principal.Visitor visitor = new Principal.Visitor(
                    company.id(),
                    CallId.of(started.at("/call/callId").asText()),
                    ParticipantId.of(started.at("/call/me").asText()));
            Signal candidate = new Signal(
                    visitor.call(),
                    visitor.participant(),
                    ParticipantId.of(me),
                    "s1",
                    Signal.Kind.CANDIDATE,
                    null,
                    "candidate:1",
                    "0",
                    0);
            for (int n = 0; n < Signalling.MOST; n++) {
                signalling.send(visitor, candidate);
            }
            assertThatThrownBy(() -> signalling.send(visitor, candidate))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> {
                        assertThat(refusal.status()).isEqualTo(429);
                        assertThat(refusal.retryAfter()).isNotNull();
                    });
            nanos.addAndGet(Signalling.WINDOW.toNanos());
            signalling.send(visitor, candidate);
        }
    }

    @Test
    void aCallIsRatedWithOneToFiveStarsOnceItWasAnswered() {
        TestUser ann = company.user(Role.AGENT);
        try (LiveClient console = console(ann)) {
            JsonNode started = start("Carla");
            String call = started.at("/call/callId").asText();
            console.await("call.offered");
            try (LiveClient visitor = live(started.get("token").asText())) {
                assertThat(code(visitor.ask("call.rate", Map.of("call", call, "stars", 5))))
                        .isEqualTo("CALL_NOT_ANSWERED");
                console.ask("call.answer", Map.of("call", call));
                for (int stars : List.of(0, 6, -1)) {
                    assertThat(code(visitor.ask("call.rate", Map.of("call", call, "stars", stars))))
                            .isEqualTo("VALIDATION_ERROR");
                }
                assertThat(visitor.ask("call.rate", Map.of("call", call, "stars", 2))
                                .at("/data/rating")
                                .asInt())
                        .isEqualTo(2);
                assertThat(code(console.ask("call.rate", Map.of("call", call, "stars", 5))))
                        .as("nobody rates their own work")
                        .isNotEmpty();
                CallDetails details = ann.http().get("/calls/" + call, CallDetails.class);
                assertThat(details.call().rating()).isEqualTo(2);
                assertThat(details.timeline()).extracting(TimelineEntry::type).contains("rated");
            }
        }
    }

    @Test
    void signalsOfStrangersTooLongOnesAndFloodsAreRefused() {
        TestUser ann = company.user(Role.AGENT);
        try (LiveClient console = console(ann)) {
            JsonNode first = start("First");
            String call = first.at("/call/callId").asText();
            String customer = first.at("/call/me").asText();
            String me = console.await("call.offered").at("/data/offer/me").asText();
            JsonNode second = start("Second");
            try (LiveClient stranger = live(second.get("token").asText())) {
                String own = second.at("/call/me").asText();
                assertThat(code(stranger.ask("signal.send", signal(call, own, me, "offer", "x"))))
                        .isEqualTo("NOT_FOUND");
                assertThat(code(stranger.ask("signal.send", signal(call, customer, me, "offer", "x"))))
                        .isEqualTo("NOT_FOUND");
                assertThat(code(stranger.ask("call.hangup", Map.of("call", call))))
                        .isEqualTo("NOT_FOUND");
                assertThat(code(stranger.ask("call.answer", Map.of("call", call))))
                        .isEqualTo("UNAUTHENTICATED");
            }
            assertThat(code(console.ask("signal.send", signal(call, me, customer, "offer", "x".repeat(20_001)))))
                    .isEqualTo("VALIDATION_ERROR");
            server.http(first.get("token").asText()).post("/visitor/calls/hangup");
            assertThat(code(console.ask("signal.send", signal(call, me, customer, "offer", "x"))))
                    .isEqualTo("PARTICIPANT_LEFT");
        }
    }

    private static String code(JsonNode refusal) {
        return refusal.at("/error/code").asText();
    }

    @Test
    void whatNoVisitorMayIsRefusedWithASentence() {
        assertThat(server.http().get("/visitor/nobody").status()).isEqualTo(404);
        assertThat(server.http()
                        .post("/visitor/nobody/calls", Map.of("name", "x"))
                        .status())
                .isEqualTo(404);
        TestHttp.Reply wrong =
                server.http().post(page + "/calls", Map.of("name", " ", "phone", "call me", "topic", "?"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.error().errors()).extracting(error -> error.field()).contains("name", "phone");
        String token = start("Carla").get("token").asText();
        for (String path : List.of("/calls", "/agents", "/queues", "/calls/mine", "/leads")) {
            assertThat(server.http(token).get(path).status()).as(path).isEqualTo(401);
        }
        assertThat(server.http(token).get("/ice-servers").status()).isEqualTo(200);
        assertThat(server.http(token).get("/visitor/calls/current").status()).isEqualTo(200);
        assertThat(server.http().get("/visitor/calls/current").status()).isEqualTo(401);
    }

    @Test
    void theSixthCallOfOneAddressInAMinuteIsRefused() {
        try (TestServer strict = TestServer.start()) {
            String here = "/visitor/" + strict.company("Acme").slug() + "/calls";
            for (int n = 0; n < 5; n++) {
                assertThat(strict.http().post(here, Map.of("name", "Carla")).status())
                        .isEqualTo(201);
            }
            TestHttp.Reply refused = strict.http().post(here, Map.of("name", "Carla"));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isPresent();
        }
    }

    @Test
    void anAgentSeesWhatWaitsInTheirQueuesAndASupervisorSeesAll() {
        TestUser boss = company.user(Role.MANAGER);
        TestUser ann = company.user(Role.AGENT);
        TestUser bob = company.user(Role.AGENT);
        String general =
                boss.http().get("/queues", JsonNode.class).at("/items/0/id").asText();
        boss.http().put("/queues/" + general + "/agents", Map.of("userIds", List.of(ann.id())));
        String call = start("Carla").at("/call/callId").asText();
        assertThat(ann.http().get("/calls?view=waiting", JsonNode.class).at("/items"))
                .hasSize(1);
        assertThat(bob.http().get("/calls?view=waiting", JsonNode.class).at("/items"))
                .isEmpty();
        assertThat(boss.http().get("/calls?view=waiting", JsonNode.class).at("/items"))
                .hasSize(1);
        assertThat(bob.http().get("/calls/" + call).status()).isEqualTo(404);
        assertThat(bob.http().post("/calls/" + call + "/answer").status()).isEqualTo(404);
        TestUser foreign = server.company("Other").user(Role.MANAGER);
        assertThat(foreign.http().get("/calls/" + call).status()).isEqualTo(404);
        assertThat(foreign.http().get("/calls", JsonNode.class).at("/items")).isEmpty();
        assertThat(foreign.http()
                        .put("/queues/" + general, Map.of("name", "Mine"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void thePageIsServedUnderAStrictPolicy() {
        URI uri = server.url().resolve("/call/" + company.slug());
        TestHttp.Reply reply = server.http().below("").get("/call/" + company.slug());
        assertThat(reply.status()).as(uri.toString()).isEqualTo(200);
        assertThat(reply.header("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors *", "ws://localhost");
        assertThat(reply.header("X-Frame-Options"))
                .as("frame-ancestors says it; a word that no standard knows would not")
                .isEmpty();
        assertThat(reply.header("Content-Type").orElse("")).startsWith("text/html");
        assertThat(server.http()
                        .below("")
                        .get("/visitor/page.js")
                        .header("Content-Type")
                        .orElse(""))
                .startsWith("text/javascript");
        assertThat(server.http().below("").get("/widget.js").status()).isEqualTo(200);
        assertThat(server.http()
                        .below("")
                        .get("/visitor/../db/common/V1__spine.sql")
                        .status())
                .isNotEqualTo(200);
    }
}
