package dev.patchbay.server.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.CallDetails;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.Role;
import dev.patchbay.model.TimelineEntry;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.TestServer.TestCompany;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.live.LiveClient;
import dev.patchbay.server.visitor.Until;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody sets the server's clock while calls wait, ring and are talked.
class ClockTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final TestServer server = TestServer.start();
    private final TestCompany company = server.company("Acme");

    @AfterEach
    void stop() {
        server.close();
    }

    private LiveClient live(String token) {
        LiveClient client =
                new LiveClient(URI.create(server.url().toString().replaceFirst("^http", "ws") + "/live")).open();
        client.say(Map.of("type", "hello", "token", token, "takesCalls", true));
        client.await("welcome");
        return client;
    }

    private JsonNode start(String name) {
        return server.http().post("/visitor/" + company.slug() + "/calls", Map.of("name", name), JsonNode.class);
    }

    private static CallDetails details(TestUser boss, String call) {
        return boss.http().get("/calls/" + call, CallDetails.class);
    }

    private static boolean noticed(TestUser boss, String call) {
        return details(boss, call).timeline().stream().map(TimelineEntry::type).anyMatch("clockSet"::equals);
    }

    private static AgentState state(TestUser agent) {
        JsonNode agents = agent.http().get("/agents", JsonNode.class).at("/items");
        for (JsonNode one : agents) {
            if (one.path("userId").asText().equals(agent.id().toString())) {
                return AgentState.of(one.path("state").asText());
            }
        }
        throw new AssertionError("no such agent: " + agents);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600, 3_600})
    void nothingEndsEarlyOrHangsWhenTheClockIsSet(long seconds) {
        TestUser manager = company.user(Role.MANAGER);
        TestUser ann = company.user(Role.AGENT);
        TestUser bob = company.user(Role.AGENT);
        try (LiveClient first = live(ann.token())) {
            first.ask("agent.setState", Map.of("state", "available"));
            JsonNode talked = start("Talker");
            String talks = talked.at("/call/callId").asText();
            first.await("call.offered");
            first.ask("call.answer", Map.of("call", talks));
            try (LiveClient second = live(bob.token());
                    LiveClient talker = live(talked.get("token").asText())) {
                second.ask("agent.setState", Map.of("state", "available"));
                JsonNode rung = start("Ringer");
                String rings = rung.at("/call/callId").asText();
                second.await("call.offered");
                JsonNode queued = start("Waiter");
                String waits = queued.at("/call/callId").asText();
                try (LiveClient ringer = live(rung.get("token").asText());
                        LiveClient waiter = live(queued.get("token").asText())) {
                    server.clock().jumpTo(server.clock().instant().plusSeconds(seconds));
                    // A token of an hour ago has run out.
                    TestUser boss = manager.again();
                    Until.happens("the ticker notices", LIMIT, () -> noticed(boss, waits));

                    assertThat(details(boss, talks).call().status()).isEqualTo(CallStatus.ACTIVE);
                    assertThat(details(boss, rings).call().status()).isEqualTo(CallStatus.RINGING);
                    assertThat(details(boss, waits).call().status()).isEqualTo(CallStatus.QUEUED);
                    assertThat(state(bob.again())).isEqualTo(AgentState.RINGING);
                    assertThat(details(boss, talks).call().answeredAt())
                            .isEqualTo(server.clock().instant());

                    // What rings goes on ringing for its time, and no longer.
                    server.clock().tick(Duration.ofSeconds(25));
                    Until.happens("it rings out", LIMIT, () -> state(bob.again()) == AgentState.MISSED);
                    assertThat(details(boss, rings).call().status()).isEqualTo(CallStatus.QUEUED);
                    assertThat(ringer.isOpen() && waiter.isOpen()).isTrue();

                    talker.ask("call.hangup", Map.of("call", talks));
                    Until.happens(
                            "the call ends",
                            LIMIT,
                            () -> details(boss, talks).call().status().equals(CallStatus.WRAP_UP));
                    assertThat(details(boss, talks).call().endedAt())
                            .isAfter(details(boss, talks).call().answeredAt());
                }
            }
        }
    }
}
