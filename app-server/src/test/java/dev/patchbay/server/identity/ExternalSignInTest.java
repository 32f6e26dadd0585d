package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Role;
import dev.patchbay.model.Tokens;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.identity.IdentityProvider.Lie;
import dev.patchbay.server.identity.IdentityProvider.Someone;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Signing in through other providers, against one on this machine that keeps to their protocols.
class ExternalSignInTest {
    private static final String LOOPBACK = "http://127.0.0.1:49152/signed-in";

    private static IdentityProvider provider;
    private static TestServer server;
    private static TestServer.TestCompany acme;

    @BeforeAll
    static void start() throws IOException {
        AtomicReference<Instant> none = new AtomicReference<>(Instant.EPOCH);
        provider = new IdentityProvider(
                () -> server == null ? none.get() : server.clock().instant());
        server = TestServer.builder()
                .with(Setting.GOOGLE_CLIENT_ID, IdentityProvider.CLIENT)
                .with(Setting.GOOGLE_CLIENT_SECRET, IdentityProvider.SECRET)
                .with(Setting.GOOGLE_AUTHORIZE_URL, "https://accounts.test/authorize")
                .with(Setting.GOOGLE_TOKEN_URL, provider.url("/token"))
                .with(Setting.GOOGLE_KEYS_URL, provider.url("/keys"))
                .with(Setting.GOOGLE_ISSUER, "https://accounts.test")
                .with(Setting.FACEBOOK_CLIENT_ID, IdentityProvider.CLIENT)
                .with(Setting.FACEBOOK_CLIENT_SECRET, IdentityProvider.SECRET)
                .with(Setting.FACEBOOK_AUTHORIZE_URL, "https://facebook.test/dialog")
                .with(Setting.FACEBOOK_TOKEN_URL, provider.url("/token"))
                .with(Setting.FACEBOOK_PERSON_URL, provider.url("/me"))
                .with(Setting.ALLOWED_ORIGINS, "https://crm.acme.test")
                .start();
        acme = server.company("Acme");
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.close();
    }

    @AfterEach
    void honest() {
        provider.lie = Lie.NONE;
        provider.broken = false;
    }

    /// A browser's way through a sign-in.
    private record Browser(String name, URI there, String cookie) {
        static Browser begin(String name, String query) {
            TestHttp.Reply reply = server.http().get("/auth/" + name + query);
            assertThat(reply.status()).isEqualTo(302);
            String cookie = reply.header("Set-Cookie").orElseThrow();
            assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");
            return new Browser(
                    name, URI.create(reply.header("Location").orElseThrow()), cookie.substring(0, cookie.indexOf(';')));
        }

        Map<String, String> asked() {
            return IdentityProvider.form(there.getRawQuery());
        }

        TestHttp.Reply back(String state, String code) {
            return server.http()
                    .with("Cookie", "other=1; " + cookie)
                    .get("/auth/" + name + "/callback?state=" + state + "&code=" + code);
        }

        TestHttp.Reply agree(Someone someone) {
            return back(asked().get("state"), provider.agree(there, someone));
        }
    }

    private static String returnTo(String address) {
        return "?redirect=" + URLEncoder.encode(address, StandardCharsets.UTF_8);
    }

    private static String code(TestHttp.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(302);
        Matcher code = Pattern.compile("\\?code=([A-Za-z0-9_-]+)$")
                .matcher(reply.header("Location").orElseThrow());
        assertThat(code.find()).isTrue();
        return code.group(1);
    }

    private static TestHttp.Reply exchange(String code) {
        return server.http().post("/auth/exchange", Map.of("code", code));
    }

    private static Someone someone(TestServer.TestUser user) {
        return new Someone("subject-" + user.id(), user.email(), true);
    }

    @Test
    void theConsoleLearnsThroughWhomOneCanSignIn() {
        assertThat(server.http().get("/auth/providers").json().get("items").toString())
                .isEqualTo("[\"google\",\"facebook\"]");
        try (TestServer plain = TestServer.start()) {
            assertThat(plain.http().get("/auth/providers").json().get("items")).isEmpty();
            assertThat(plain.http().get("/auth/google").error().code()).isEqualTo("PROVIDER_OFF");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook"})
    void aPersonSignsInThroughTheProviderAndTheProgramOnThisMachineGetsTheTokens(String name) {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        Browser browser = Browser.begin(name, returnTo(LOOPBACK));
        assertThat(browser.asked())
                .containsEntry("response_type", "code")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", server.url() + "/api/v1/auth/" + name + "/callback");
        TestHttp.Reply back = browser.agree(someone(agent));
        assertThat(back.header("Location").orElseThrow()).startsWith(LOOPBACK + "?code=");
        Tokens tokens = exchange(code(back)).as(Tokens.class);
        assertThat(tokens.user().id()).isEqualTo(agent.id());
        assertThat(server.http(tokens.accessToken()).get("/auth/profile").status())
                .isEqualTo(200);
    }

    @Test
    void withoutAProgramToReturnToThePageShowsTheCode() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        TestHttp.Reply page = Browser.begin("google", "").agree(someone(agent));
        assertThat(page.status()).isEqualTo(200);
        Matcher code = Pattern.compile("minutes: ([A-Za-z0-9_-]+)").matcher(page.text());
        assertThat(code.find()).isTrue();
        assertThat(exchange(code.group(1)).status()).isEqualTo(200);
    }

    @Test
    void aCodeIsGoodOnceAndForTwoMinutes() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        String once = code(Browser.begin("google", returnTo(LOOPBACK)).agree(someone(agent)));
        assertThat(exchange(once).status()).isEqualTo(200);
        assertThat(exchange(once).error().code()).isEqualTo("CODE_INVALID");
        String late = code(Browser.begin("google", returnTo(LOOPBACK)).agree(someone(agent)));
        server.clock().tick(ExternalAccounts.VALID);
        assertThat(exchange(late).error().code()).isEqualTo("CODE_INVALID");
        assertThat(exchange("nonsense").status()).isEqualTo(401);
    }

    @Test
    void aCodeThatIsBoundToAProgramIsNoGoodForAnother() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        String verifier = Hashes.token();
        String bound =
                code(Browser.begin("google", returnTo(LOOPBACK) + "&challenge=" + ExternalAccounts.challenge(verifier))
                        .agree(someone(agent)));
        assertThat(exchange(bound).status()).isEqualTo(401);
        assertThat(server.http()
                        .post("/auth/exchange", Map.of("code", bound, "verifier", Hashes.token()))
                        .status())
                .isEqualTo(401);
        assertThat(server.http()
                        .post("/auth/exchange", Map.of("code", bound, "verifier", verifier))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aWrongStateOrAnotherBrowserIsRefusedWithAPageThatSaysSo() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        Browser browser = Browser.begin("google", returnTo(LOOPBACK));
        String code = provider.agree(browser.there(), someone(agent));
        TestHttp.Reply wrong = browser.back("another", code);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("not begun in this browser");
        TestHttp.Reply elsewhere = server.http()
                .get("/auth/google/callback?state=" + browser.asked().get("state") + "&code=" + code);
        assertThat(elsewhere.status()).isEqualTo(400);
        Browser other = Browser.begin("google", returnTo(LOOPBACK));
        assertThat(other.back(browser.asked().get("state"), code).status()).isEqualTo(400);
        Browser facebook = new Browser("facebook", browser.there(), browser.cookie());
        assertThat(facebook.back(browser.asked().get("state"), code).status()).isEqualTo(400);
    }

    @Test
    void anAttemptThatTookTooLongIsRefused() {
        Browser browser = Browser.begin("google", returnTo(LOOPBACK));
        String code = provider.agree(browser.there(), someone(acme.user(Role.AGENT)));
        server.clock().tick(Duration.ofMinutes(10));
        assertThat(browser.back(browser.asked().get("state"), code).status()).isEqualTo(400);
    }

    @Test
    void aCodeThatTheProviderDidNotGiveIsRefused() {
        Browser browser = Browser.begin("google", returnTo(LOOPBACK));
        TestHttp.Reply reply = browser.back(browser.asked().get("state"), "stolen-or-made-up");
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.text()).contains("did not confirm who you are");
    }

    @Test
    void aCodeOfAnotherAttemptIsRefusedByPkce() {
        Browser victim = Browser.begin("google", returnTo(LOOPBACK));
        String stolen = provider.agree(victim.there(), someone(acme.user(Role.AGENT)));
        Browser thief = Browser.begin("google", returnTo(LOOPBACK));
        assertThat(thief.back(thief.asked().get("state"), stolen).status()).isEqualTo(502);
    }

    @ParameterizedTest
    @EnumSource(value = Lie.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void anIdTokenThatIsNotRightInEveryPointIsRefused(Lie lie) {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        provider.lie = lie;
        assertThat(Browser.begin("google", returnTo(LOOPBACK))
                        .agree(someone(agent))
                        .status())
                .isEqualTo(502);
    }

    @Test
    void aProviderThatIsDownIsSaidToBe() {
        provider.broken = true;
        TestHttp.Reply reply = Browser.begin("facebook", returnTo(LOOPBACK)).agree(someone(acme.user(Role.AGENT)));
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.text()).contains("try again later");
    }

    @Test
    void whoSaysNoAtTheProviderIsToldWhatElseThereIs() {
        Browser browser = Browser.begin("google", returnTo(LOOPBACK));
        TestHttp.Reply reply = server.http()
                .with("Cookie", browser.cookie())
                .get("/auth/google/callback?error=access_denied&state="
                        + browser.asked().get("state"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("use your password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook"})
    void anAddressThatTheProviderHasNotVerifiedOpensNothing(String name) {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        TestHttp.Reply reply =
                Browser.begin(name, returnTo(LOOPBACK)).agree(new Someone("unverified-" + name, agent.email(), false));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text()).contains("not confirmed your e-mail");
    }

    @Test
    void anUnknownAddressGetsAPageAndNoAccount() {
        TestHttp.Reply reply = Browser.begin("google", returnTo(LOOPBACK))
                .agree(new Someone("stranger", "<b>stranger</b>@nowhere.test", true));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text()).contains("Ask whoever runs Patchbay").doesNotContain("<b>");
    }

    @Test
    void oncePeopleAreKnownTheirAddressNoLongerMattersAndNobodyElsesDoes() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        code(Browser.begin("google", returnTo(LOOPBACK)).agree(someone(agent)));
        Someone moved = new Someone("subject-" + agent.id(), "new.address@elsewhere.test", true);
        String code = code(Browser.begin("google", returnTo(LOOPBACK)).agree(moved));
        assertThat(exchange(code).as(Tokens.class).user().id()).isEqualTo(agent.id());
        TestHttp.Reply successor = Browser.begin("google", returnTo(LOOPBACK))
                .agree(new Someone("somebody-new-with-the-address", agent.email(), true));
        assertThat(successor.status()).isEqualTo(403);
    }

    @Test
    void whoIsSwitchedOffDoesNotComeInThisWayEither() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        code(Browser.begin("google", returnTo(LOOPBACK)).agree(someone(agent)));
        acme.user(Role.ADMIN).http().put("/users/" + agent.id(), Map.of("active", false));
        assertThat(Browser.begin("google", returnTo(LOOPBACK))
                        .agree(someone(agent))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theSecondFactorIsAskedForHereToo() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        var setup = agent.http()
                .post("/auth/totp", Map.of("password", TestServer.PASSWORD))
                .json();
        SecondFactorTest.App app = SecondFactorTest.App.of(setup.get("secret").asText());
        agent.http()
                .post(
                        "/auth/totp/confirm",
                        Map.of("code", app.code(server.clock().instant())));
        server.clock().tick(Duration.ofSeconds(30));
        String code = code(Browser.begin("google", returnTo(LOOPBACK)).agree(someone(agent)));
        assertThat(exchange(code).error().code()).isEqualTo("TOTP_REQUIRED");
        assertThat(server.http()
                        .post(
                                "/auth/exchange",
                                Map.of(
                                        "code",
                                        code,
                                        "totp",
                                        app.code(server.clock().instant())))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.test/",
                "http://127.0.0.1.evil.test/",
                "http://127.0.0.1@evil.test/",
                "http://user@127.0.0.1/",
                "https://127.0.0.1/",
                "//evil.test",
                "javascript:alert(1)",
                "http://localhost/#x",
                "https://crm.acme.test.evil.test/",
                "http://crm.acme.test/"
            })
    void codesAreSentToThisMachineOrAnAllowedSiteOnly(String redirect) {
        TestHttp.Reply reply = server.http().get("/auth/google" + returnTo(redirect));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().errors().getFirst().field()).isEqualTo("redirect");
    }

    @Test
    void aSiteOfTheAllowedOriginsMayBeReturnedTo() {
        for (String allowed :
                List.of("https://crm.acme.test/back?x=1", "http://[::1]:4000/", "http://localhost:4000/x")) {
            assertThat(server.http().get("/auth/google" + returnTo(allowed)).status())
                    .isEqualTo(302);
        }
    }
}
