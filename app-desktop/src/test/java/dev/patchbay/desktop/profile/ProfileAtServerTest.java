package dev.patchbay.desktop.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.console.Entrance;
import dev.patchbay.desktop.session.Desk;
import dev.patchbay.desktop.session.PretendServer;
import dev.patchbay.desktop.session.RestClient;
import dev.patchbay.desktop.session.Session;
import dev.patchbay.desktop.start.StartActions.Found;
import dev.patchbay.desktop.start.StartActions.Outcome;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestServer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the profile and the sign-in say to the server, at the companion server itself.
class ProfileAtServerTest {
    private final TestServer server = TestServer.start();
    private Desk desk;
    private Session session;
    private RestClient wire;

    @BeforeEach
    void signIn(@TempDir Path folder) {
        server.company("Acme").user("Ann", "ann@acme.test", Role.AGENT);
        desk = new Desk(folder);
        session = desk.signIn.signIn(PretendServer.at(server.url().getPort()), "ann@acme.test", TestServer.PASSWORD);
        wire = session.api().rest();
    }

    @AfterEach
    void end() {
        session.close();
        desk.close();
        server.close();
    }

    @Test
    void aSecondFactorIsSetUpAndAskedForAtTheNextSignIn() throws GeneralSecurityException {
        JsonNode setup = wire.post("/auth/totp", Map.of("password", TestServer.PASSWORD));
        assertThat(setup.path("uri").asText()).startsWith("otpauth://totp/");
        assertThat(setup.path("recoveryCodes")).isNotEmpty();
        String secret = setup.path("secret").asText();
        wire.post(
                "/auth/totp/confirm", Map.of("code", code(secret, server.clock().instant())));
        assertThat(wire.get("/auth/totp").path("enabled").asBoolean()).isTrue();

        List<Session> arrived = new CopyOnWriteArrayList<>();
        try (Entrance entrance = new Entrance(desk.signIn, desk.folder, arrived::add, _ -> {})) {
            entrance.connect(new Found(server.url().toString(), "Patchbay", null));
            assertThat(entrance.providers()).isEmpty();
            assertThat(entrance.signIn("ann@acme.test", TestServer.PASSWORD))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class, no -> assertThat(no.fields()).containsEntry("code", ""));
            assertThat(entrance.signIn("ann@acme.test", TestServer.PASSWORD, "000000"))
                    .isInstanceOfSatisfying(Outcome.Refused.class, no -> assertThat(
                                    String.valueOf(no.fields().get("code")))
                            .isNotBlank());
            server.clock().tick(java.time.Duration.ofMinutes(1));
            assertThat(entrance.signIn(
                            "ann@acme.test",
                            TestServer.PASSWORD,
                            code(secret, server.clock().instant())))
                    .isInstanceOf(Outcome.Ready.class);
            assertThat(entrance.forgot("ann@acme.test")).isInstanceOf(Outcome.Ready.class);
            assertThat(entrance.forgot("nobody@acme.test")).isInstanceOf(Outcome.Ready.class);
        }
        arrived.forEach(Session::close);
        wire.delete("/auth/totp", Map.of("password", TestServer.PASSWORD));
        assertThat(wire.get("/auth/totp").path("enabled").asBoolean()).isFalse();
    }

    @Test
    void theConsoleIsNamedAmongTheSignInsAndTheOthersEnd(@TempDir Path elsewhere) {
        Desk laptop = new Desk(elsewhere);
        Session other =
                laptop.signIn.signIn(PretendServer.at(server.url().getPort()), "ann@acme.test", TestServer.PASSWORD);
        JsonNode all = wire.get("/auth/sessions").path("items");
        // The test kit signed the user in once more when it made her.
        assertThat(all.size()).isGreaterThanOrEqualTo(2);
        assertThat(all).anySatisfy(each -> {
            assertThat(each.path("current").asBoolean()).isTrue();
            assertThat(each.path("device").asText()).startsWith("Patchbay console (");
        });
        wire.delete("/auth/sessions");
        assertThat(wire.get("/auth/sessions").path("items")).hasSize(1);
        other.close();
        laptop.close();
    }

    @Test
    void aPasswordIsChangedOnlyWithTheOneUntilNow(@TempDir Path elsewhere) {
        assertThat(refusedField(Map.of("current", "a guess", "password", "another long passphrase")))
                .isEqualTo("current");
        assertThat(refusedField(Map.of("current", TestServer.PASSWORD, "password", "short")))
                .isEqualTo("password");
        wire.post("/auth/password", Map.of("current", TestServer.PASSWORD, "password", "another long passphrase"));
        Desk laptop = new Desk(elsewhere);
        Session again = laptop.signIn.signIn(
                PretendServer.at(server.url().getPort()), "ann@acme.test", "another long passphrase");
        again.close();
        laptop.close();
    }

    @Test
    void aNewNameAndTheLicenceAreTold() {
        wire.put("/auth/profile", Map.of("name", "Anna"));
        assertThat(session.api().profile().name()).isEqualTo("Anna");
        assertThat(wire.get("/auth/license").path("callingAllowed").asBoolean()).isTrue();
    }

    private String refusedField(Map<String, String> body) {
        try {
            wire.post("/auth/password", body);
            return "";
        } catch (dev.patchbay.desktop.session.Refused no) {
            return no.error().errors().getFirst().field();
        }
    }

    /// As an authenticator app does it (RFC 6238).
    private static String code(String base32, Instant now) throws GeneralSecurityException {
        int bits = 0;
        int held = 0;
        ByteBuffer key = ByteBuffer.allocate(base32.length() * 5 / 8);
        for (char each : base32.toCharArray()) {
            bits = bits << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(each);
            held += 5;
            if (held >= 8) {
                held -= 8;
                key.put((byte) (bits >> held));
                bits &= (1 << held) - 1;
            }
        }
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key.array(), "HmacSHA1"));
        byte[] hash = mac.doFinal(
                ByteBuffer.allocate(8).putLong(now.getEpochSecond() / 30).array());
        int offset = hash[hash.length - 1] & 15;
        int number = ByteBuffer.wrap(hash, offset, 4).getInt() & Integer.MAX_VALUE;
        return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    }
}
