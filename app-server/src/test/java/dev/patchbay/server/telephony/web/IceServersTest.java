package dev.patchbay.server.telephony.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.IceServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IceServersTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    @Test
    void nobodyIsAskedWhereNothingIsSetUp() {
        assertThat(new IceServers(IceServers.Settings.NONE).forName("ann", NOW)).isEmpty();
    }

    @Test
    void aSecretMakesCredentialsThatEnd() {
        // The password was made with openssl: printf 1800003600:ann | openssl dgst -sha1 -hmac north -binary | base64
        List<IceServer> servers = new IceServers(new IceServers.Settings(
                        "stun.example.test:3478",
                        "turn:turn.example.test:3478, turns:turn.example.test:5349",
                        "north",
                        null,
                        null,
                        Duration.ofHours(1)))
                .forName("ann", NOW);
        assertThat(servers)
                .containsExactly(
                        new IceServer(List.of("stun:stun.example.test:3478"), null, null),
                        new IceServer(
                                List.of("turn:turn.example.test:3478", "turns:turn.example.test:5349"),
                                "1800003600:ann",
                                "Cr6BV9Y6S/ZFXiZ47vdlFLWYOog="));
    }

    @Test
    void aFixedUserIsGivenAsItIs() {
        assertThat(new IceServers(new IceServers.Settings(
                                null, "turn.example.test", null, "user", "word", Duration.ofHours(1)))
                        .forName("ann", NOW))
                .containsExactly(new IceServer(List.of("turn:turn.example.test"), "user", "word"));
    }
}
