package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Role;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionAgeTest {
    @Test
    void aSessionInDailyUseEndsAfterThirtyDays() {
        try (TestServer server = TestServer.start()) {
            String refresh = server.company("Acme").user(Role.AGENT).tokens().refreshToken();
            for (int day = 1; day <= 29; day++) {
                server.clock().tick(Duration.ofDays(1));
                TestHttp.Reply reply = server.http().post("/auth/refresh", Map.of("refreshToken", refresh));
                assertThat(reply.status()).as("day " + day).isEqualTo(200);
                refresh = reply.json().get("refreshToken").asText();
            }
            server.clock().tick(Duration.ofDays(1));
            assertThat(server.http()
                            .post("/auth/refresh", Map.of("refreshToken", refresh))
                            .status())
                    .isEqualTo(401);
        }
    }
}
