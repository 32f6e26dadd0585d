package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.patchbay.model.Role;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.visitor.Until;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// With a real mail server.
class PasswordResetTest {
    private static GreenMail mail;
    private static TestServer server;
    private static TestServer.TestCompany acme;

    @BeforeAll
    static void start() {
        mail = new GreenMail(ServerSetup.SMTP.dynamicPort());
        mail.start();
        server = TestServer.builder()
                .with(Setting.SMTP_HOST, "127.0.0.1")
                .with(Setting.SMTP_PORT, String.valueOf(mail.getSmtp().getPort()))
                .with(Setting.SMTP_TLS, "none")
                .with(Setting.SMTP_FROM, "Patchbay <patchbay@acme.test>")
                .with(Setting.PUBLIC_URL, "https://calls.acme.test/")
                .start();
        acme = server.company("Acme");
    }

    @AfterAll
    static void stop() {
        server.close();
        mail.stop();
    }

    @BeforeEach
    void empty() throws com.icegreen.greenmail.store.FolderException {
        mail.purgeEmailFromAllMailboxes();
    }

    private static void forgot(String email) {
        assertThat(server.http()
                        .post("/auth/password/forgot", Map.of("email", email))
                        .status())
                .isEqualTo(204);
    }

    private static List<String> letters(String email) {
        List<String> texts = new ArrayList<>();
        for (MimeMessage message : mail.getReceivedMessagesForDomain(email)) {
            texts.add(GreenMailUtil.getBody(message).replace("=\r\n", "").replace("=3D", "="));
        }
        return texts;
    }

    private static String token(String email) {
        Until.happens(
                "a letter comes", Duration.ofSeconds(10), () -> !letters(email).isEmpty());
        Matcher link = Pattern.compile("https://calls\\.acme\\.test/reset-password#(\\S+)")
                .matcher(letters(email).getLast());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private static TestHttp.Reply reset(String token, String password) {
        return server.http().post("/auth/password/reset", Map.of("token", token, "password", password));
    }

    private static int login(TestServer.TestUser user, String password) {
        return server.http()
                .post("/auth/login", Map.of("email", user.email(), "password", password))
                .status();
    }

    @Test
    void aLetterBringsALinkThatSetsANewPasswordOnce() throws MessagingException {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        forgot("  " + agent.email().toUpperCase(java.util.Locale.ROOT));
        String token = token(agent.email());
        MimeMessage letter = mail.getReceivedMessagesForDomain(agent.email())[0];
        assertThat(letter.getSubject()).isEqualTo("Choose a new password for Patchbay");
        assertThat(letter.getFrom()[0]).hasToString("Patchbay <patchbay@acme.test>");
        assertThat(reset(token, "sunshine").status()).as("weak").isEqualTo(400);
        assertThat(reset(token, "a brand new secret").status()).isEqualTo(204);
        assertThat(agent.http().get("/auth/profile").status())
                .as("signed in before")
                .isEqualTo(401);
        assertThat(login(agent, "a brand new secret")).isEqualTo(200);
        assertThat(login(agent, TestServer.PASSWORD)).isEqualTo(401);
        TestHttp.Reply again = reset(token, "yet another secret");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.error().errors().getFirst().field()).isEqualTo("token");
        Until.happens(
                "the owner is told",
                Duration.ofSeconds(10),
                () -> letters(agent.email()).size() == 2);
        assertThat(letters(agent.email()).getLast()).contains("was changed");
    }

    @Test
    void aLinkIsGoodForHalfAnHourAndANewerOneReplacesIt() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        forgot(agent.email());
        String first = token(agent.email());
        forgot(agent.email());
        Until.happens(
                "a second letter",
                Duration.ofSeconds(10),
                () -> letters(agent.email()).size() == 2);
        String second = token(agent.email());
        assertThat(second).isNotEqualTo(first);
        assertThat(reset(first, "a brand new secret").status()).isEqualTo(400);
        server.clock().tick(PasswordReset.VALID);
        assertThat(reset(second, "a brand new secret").status()).isEqualTo(400);
        assertThat(login(agent, TestServer.PASSWORD)).isEqualTo(200);
    }

    @Test
    void ofEightWhoUseOneLinkAtOnceOneSucceeds() throws Exception {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        forgot(agent.email());
        String token = token(agent.email());
        List<Callable<Integer>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String password = "a brand new secret " + i;
            tries.add(() -> reset(token, password).status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> one : all.invokeAll(tries)) {
                statuses.add(one.get());
            }
        }
        assertThat(statuses).filteredOn(status -> status == 204).hasSize(1);
    }

    @Test
    void nobodyLearnsWhetherAnAddressIsKnown() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        forgot("nobody@acme.test");
        forgot(agent.email());
        token(agent.email());
        assertThat(letters("nobody@acme.test")).isEmpty();
    }

    @Test
    void nobodysMailboxIsFlooded() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        for (int i = 0; i < 3; i++) {
            forgot(agent.email());
        }
        assertThat(server.http()
                        .post("/auth/password/forgot", Map.of("email", agent.email()))
                        .status())
                .isEqualTo(429);
    }

    @Test
    void theTokenIsKeptAsAHashOnly() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        forgot(agent.email());
        String token = token(agent.email());
        List<String> kept = server.database()
                .acrossCompanies(handle -> handle.createQuery("select token_hash from password_reset")
                        .mapTo(String.class)
                        .list());
        assertThat(kept).isNotEmpty().doesNotContain(token).contains(Hashes.of(token));
    }

    @Test
    void withoutAMailServerTheAnswerIsTheSameAndNothingBreaks() {
        try (TestServer other = TestServer.start()) {
            TestServer.TestUser agent = other.company("Acme").user(Role.AGENT);
            assertThat(other.http()
                            .post("/auth/password/forgot", Map.of("email", agent.email()))
                            .status())
                    .isEqualTo(204);
        }
    }

    @Test
    void thePageOfTheLinkLoadsWhatItNeedsFromThisServerOnly() {
        TestHttp http = server.http().below("");
        TestHttp.Reply page = http.get("/reset-password");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy").orElseThrow()).doesNotContain("unsafe");
        Matcher files = Pattern.compile("(?:href|src)=\"([^\"]+)\"").matcher(page.text());
        int found = 0;
        while (files.find()) {
            found++;
            assertThat(http.get(files.group(1)).status()).isEqualTo(200);
        }
        assertThat(found).isEqualTo(2);
    }
}
