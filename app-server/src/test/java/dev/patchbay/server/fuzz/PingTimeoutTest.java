package dev.patchbay.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Json;
import dev.patchbay.model.Role;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.live.LiveClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PingTimeoutTest {
    @Test
    void whoAnswersNoPingIsCutAndWhoDoesStays() throws IOException {
        try (TestServer server = TestServer.builder()
                .realTime()
                .with(Setting.SOCKET_PING_TIMEOUT, "1500")
                .start()) {
            TestServer.TestUser agent = server.company("Acme").user(Role.AGENT);
            URI live = URI.create(server.url().toString().replace("http", "ws") + "/live");
            try (LiveClient alive = new LiveClient(live).open();
                    RawSocket deaf = RawSocket.open(server.url())) {
                alive.say(Map.of("type", "hello", "token", agent.token()));
                alive.await("welcome");
                deaf.send(RawSocket.FIN | RawSocket.TEXT, Json.write(Map.of("type", "hello", "token", agent.token())));
                long start = System.nanoTime();
                int pings = 0;
                for (var frame = deaf.next(); frame.isPresent(); frame = deaf.next()) {
                    pings += frame.get().opcode() == RawSocket.PING ? 1 : 0;
                }
                assertThat(pings).isPositive();
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(8));
                assertThat(alive.ask("ping", null).path("type").asText()).isEqualTo("reply");
            }
        }
    }
}
