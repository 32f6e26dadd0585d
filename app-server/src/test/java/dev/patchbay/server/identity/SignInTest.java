package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Me;
import dev.patchbay.model.Role;
import dev.patchbay.model.Tokens;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SignInTest {
    private static TestServer server;
    private static TestServer.TestCompany acme;

    // Not where they are declared: a class runs again after a failure, and its subclass on the other database.
    @BeforeAll
    static void start() {
        server = TestServer.start();
        acme = server.company("Acme");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, String> login(String email, String password) {
        return Map.of("email", email, "password", password);
    }

    @Test
    void theRightPasswordYieldsTokensThatWork() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        Tokens tokens = server.http().post("/auth/login", login(agent.email(), TestServer.PASSWORD), Tokens.class);
        assertThat(tokens.expiresIn()).isEqualTo(900);
        assertThat(tokens.user().company().slug()).isEqualTo("acme");
        Me me = server.http(tokens.accessToken()).get("/auth/profile", Me.class);
        assertThat(me.id()).isEqualTo(agent.id());
        assertThat(me.roles()).containsExactly(Role.AGENT);
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressAnswerAlike() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        TestHttp.Reply wrong = server.http().post("/auth/login", login(agent.email(), "not the password"));
        TestHttp.Reply unknown = server.http().post("/auth/login", login("nobody@acme.test", "not the password"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(wrong.text()).isEqualTo(unknown.text());
    }

    @Test
    void theAddressMayBeWrittenInCapitals() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        TestHttp.Reply reply = server.http()
                .post(
                        "/auth/login",
                        login(" " + agent.email().toUpperCase(java.util.Locale.ROOT), TestServer.PASSWORD));
        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void anExpiredTokenIsRefusedAndARefreshedOneWorks() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        server.clock().tick(Duration.ofMinutes(15).plusSeconds(1));
        assertThat(agent.http().get("/auth/profile").status()).isEqualTo(401);
        Tokens fresh = server.http()
                .post("/auth/refresh", Map.of("refreshToken", agent.tokens().refreshToken()), Tokens.class);
        assertThat(server.http(fresh.accessToken()).get("/auth/profile").status())
                .isEqualTo(200);
    }
}
