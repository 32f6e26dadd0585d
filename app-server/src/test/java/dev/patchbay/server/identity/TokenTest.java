package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.CallId;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.Role;
import dev.patchbay.model.Tokens;
import dev.patchbay.model.UserId;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.SessionEnded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenTest {
    private static TestServer server;
    private static TestServer.TestCompany acme;
    private static final List<UUID> ENDED = new CopyOnWriteArrayList<>();
    private static final List<UserId> CHANGED = new CopyOnWriteArrayList<>();

    // Not where they are declared: a class runs again after a failure, and its subclass on the other database.
    @BeforeAll
    static void start() {
        server = TestServer.start();
        acme = server.company("Acme");
        server.identity().sessions().onEnd(new SessionEnded() {
            @Override
            public void ended(CompanyId company, UserId user, UUID session) {
                ENDED.add(session);
            }

            @Override
            public void accessChanged(CompanyId company, UserId user) {
                CHANGED.add(user);
            }
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int profile(String token) {
        return server.http(token).get("/auth/profile").status();
    }

    private static TestHttp.Reply refresh(String token) {
        return server.http().post("/auth/refresh", Map.of("refreshToken", token));
    }

    private static UUID session(TestServer.TestUser user) {
        return ((Principal.User) server.identity().authenticator().authenticate(user.token())).session();
    }

    @Test
    void aTokenWithAChangedClaimIsRefused() {
        String[] parts = acme.user(Role.AGENT).token().split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String forged = claims.replaceFirst(
                "\"sub\":\"[^\"]*\"", "\"sub\":\"" + acme.user(Role.ADMIN).id() + "\"");
        assertThat(forged).isNotEqualTo(claims);
        assertThat(profile(parts[0] + "." + base64(forged) + "." + parts[2])).isEqualTo(401);
    }

    @Test
    void aTokenWithoutASignatureIsRefused() {
        String[] parts = acme.user(Role.AGENT).token().split("\\.");
        assertThat(profile(base64("{\"alg\":\"none\"}") + "." + parts[1] + ".")).isEqualTo(401);
        assertThat(profile(parts[0] + "." + parts[1] + ".")).isEqualTo(401);
    }

    @Test
    void aTokenOfAnotherInstallationIsRefused() {
        try (TestServer other = TestServer.start()) {
            String token = other.company("Acme").user(Role.ADMIN).token();
            assertThat(profile(token)).isEqualTo(401);
        }
    }

    @Test
    void nonsenseInPlaceOfATokenIsRefused() {
        for (String token : List.of("x", "a.b.c", "....", "ey".repeat(4000), "%00")) {
            assertThat(profile(token)).isEqualTo(401);
        }
    }

    @Test
    void aVisitorsTokenOpensNoUsersRouteAndNamesItsCall() {
        Principal.Visitor visitor = new Principal.Visitor(acme.id(), CallId.fresh(), ParticipantId.fresh());
        String token = server.identity().visitorTokens().issue(visitor, Duration.ofHours(2));
        assertThat(server.identity().authenticator().authenticate(token)).isEqualTo(visitor);
        assertThat(profile(token)).isEqualTo(401);
        assertThat(server.http(token).get("/users").status()).isEqualTo(401);
    }

    @Test
    void signingOutEndsTheAccessTokenAtOnceAndTellsTheHub() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        UUID session = session(agent);
        assertThat(agent.http().post("/auth/logout").status()).isEqualTo(204);
        assertThat(agent.http().get("/auth/profile").status()).isEqualTo(401);
        assertThat(refresh(agent.tokens().refreshToken()).status()).isEqualTo(401);
        assertThat(ENDED).contains(session);
    }

    @Test
    void signingOutWithTheRefreshTokenAloneWorksToo() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        TestHttp.Reply reply = server.http()
                .post("/auth/logout", Map.of("refreshToken", agent.tokens().refreshToken()));
        assertThat(reply.status()).isEqualTo(204);
        assertThat(agent.http().get("/auth/profile").status()).isEqualTo(401);
    }

    @Test
    void aUsedRefreshTokenThatComesBackLaterEndsTheWholeSession() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        UUID session = session(agent);
        Tokens second = refresh(agent.tokens().refreshToken()).as(Tokens.class);
        server.clock().tick(Sessions.LEEWAY.plusSeconds(1));
        ErrorBody stolen = refresh(agent.tokens().refreshToken()).error();
        assertThat(stolen.code()).isEqualTo("REFRESH_REUSED");
        assertThat(profile(second.accessToken())).isEqualTo(401);
        assertThat(refresh(second.refreshToken()).status()).isEqualTo(401);
        assertThat(ENDED).contains(session);
    }

    @Test
    void aClientThatAsksTwiceAtOnceKeepsItsSession() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        Tokens one = refresh(agent.tokens().refreshToken()).as(Tokens.class);
        Tokens two = refresh(agent.tokens().refreshToken()).as(Tokens.class);
        assertThat(profile(one.accessToken())).isEqualTo(200);
        assertThat(profile(two.accessToken())).isEqualTo(200);
        assertThat(refresh(one.refreshToken()).status()).isEqualTo(200);
        assertThat(refresh(two.refreshToken()).status()).isEqualTo(200);
    }

    @Test
    void aSignInThatNobodyUsedForAWeekHasEnded() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        server.clock().tick(Duration.ofDays(7));
        assertThat(refresh(agent.tokens().refreshToken()).status()).isEqualTo(401);
    }

    @Test
    void aClockSetBackAnHourSignsNobodyOut() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        server.clock().jumpTo(server.clock().instant().minus(Duration.ofHours(1)));
        assertThat(agent.http().get("/auth/profile").status()).isEqualTo(200);
        Tokens fresh = refresh(agent.tokens().refreshToken()).as(Tokens.class);
        assertThat(profile(fresh.accessToken())).isEqualTo(200);
        server.clock().jumpTo(server.clock().instant().plus(Duration.ofHours(1)));
    }

    @Test
    void switchingAUserOffEndsEverySignInAtOnce() {
        TestServer.TestUser admin = acme.user(Role.ADMIN);
        TestServer.TestUser agent = acme.user(Role.AGENT);
        TestServer.TestUser elsewhere = agent.again();
        assertThat(admin.http().delete("/users/" + agent.id()).status()).isEqualTo(204);
        assertThat(agent.http().get("/auth/profile").status()).isEqualTo(401);
        assertThat(elsewhere.http().get("/auth/profile").status()).isEqualTo(401);
        assertThat(refresh(agent.tokens().refreshToken()).status()).isEqualTo(401);
    }

    @Test
    void aRoleTakenAwayCountsAtOnceAndTheHubIsTold() {
        TestServer.TestUser admin = acme.user(Role.ADMIN);
        TestServer.TestUser manager = acme.user(Role.MANAGER);
        assertThat(manager.http().get("/roles").status()).isEqualTo(200);
        assertThat(admin.http()
                        .put("/users/" + manager.id(), Map.of("roles", List.of("Agent")))
                        .status())
                .isEqualTo(200);
        assertThat(manager.http().get("/roles").status()).isEqualTo(403);
        assertThat(CHANGED).contains(manager.id());
    }

    @Test
    void aNewPasswordEndsTheOtherSignInsAndNotThisOne() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        TestServer.TestUser elsewhere = agent.again();
        TestHttp.Reply wrong = agent.http()
                .put("/auth/profile", Map.of("currentPassword", "not it", "newPassword", "another good one"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.error().errors().getFirst().field()).isEqualTo("currentPassword");
        TestHttp.Reply right = agent.http()
                .put(
                        "/auth/profile",
                        Map.of("currentPassword", TestServer.PASSWORD, "newPassword", "another good one"));
        assertThat(right.status()).isEqualTo(200);
        assertThat(agent.http().get("/auth/profile").status()).isEqualTo(200);
        assertThat(elsewhere.http().get("/auth/profile").status()).isEqualTo(401);
    }
}
