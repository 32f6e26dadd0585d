package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Role;
import dev.patchbay.model.Tokens;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {
    private static TestServer server;
    private static TestServer.TestCompany acme;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        acme = server.company("Acme");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, Object> founder(String company, String email) {
        return Map.of("company", company, "name", "Fay Founder", "email", email, "password", TestServer.PASSWORD);
    }

    private static Map<String, Object> student(String company, String email) {
        return Map.of("company", company, "name", "Stu Dent", "email", email, "password", TestServer.PASSWORD);
    }

    @Test
    void whoRegistersFirstRunsTheInstallationAndWhoComesLaterTheirCompanyOnly() {
        try (TestServer other = TestServer.start()) {
            TestHttp.Reply first = other.http().post("/auth/register", founder("First Ltd", "first@first.test"));
            assertThat(first.status()).isEqualTo(201);
            assertThat(first.as(Tokens.class).user().roles()).containsExactly(Role.ADMIN);
            for (String prefix : List.of("/api", "")) {
                Tokens later = other.http()
                        .below(prefix)
                        .post("/auth/register", founder("Later" + prefix, "boss@later" + prefix.length() + ".test"))
                        .as(Tokens.class);
                assertThat(later.user().roles()).containsExactly(Role.MANAGER);
                TestHttp boss = other.http(later.accessToken());
                String company = later.user().company().id().toString();
                assertThat(boss.get("/users/company/" + company).json().get("items"))
                        .hasSize(1);
                assertThat(boss.get("/queues").json().get("items")).hasSize(1);
                assertThat(boss.get("/companies").status()).isEqualTo(403);
            }
        }
    }

    @Test
    void anAddressThatIsTakenIsRefusedAndNoCompanyIsLeftBehind() {
        TestServer.TestUser agent = acme.user(Role.AGENT);
        TestHttp.Reply reply = server.http().post("/auth/register", founder("Never Made", agent.email()));
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.error().code()).isEqualTo("EMAIL_TAKEN");
        assertThat(server.identity().companies().bySlug("never-made")).isEmpty();
    }

    @Test
    void ofEightWhoRegisterWithOneAddressOneGetsIt() throws Exception {
        List<Callable<Integer>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Map<String, Object> body = founder("Race " + i, "race@race.test");
            tries.add(() -> server.http().post("/auth/register", body).status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> one : all.invokeAll(tries)) {
                statuses.add(one.get());
            }
        }
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "qwertyuiop",
                "trustno1",
                "iloveyou",
                "Patchbay2026",
                "weakcompany1",
                "fay-founder",
                "wc@weak.test"
            })
    void aPasswordThatIsGuessedFirstIsRefusedNamingTheField(String password) {
        Map<String, Object> body = new HashMap<>(founder("Weak Company", "wc@weak.test"));
        body.put("password", password);
        TestHttp.Reply reply = server.http().post("/auth/register", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().errors().getFirst().field()).isEqualTo("password");
    }

    @Test
    void aPasswordMayBeLongOrHoldAnyCharacter() {
        for (String password :
                List.of("a b c d e f g h ".repeat(4), "пароль-это-секрет", "日本語のパスワード", "🦉🦊🐻🐼🐨🐯🦁🐮")) {
            Map<String, Object> body = new HashMap<>(founder("Any", "any" + password.hashCode() + "@any.test"));
            body.put("password", password);
            assertThat(server.http().post("/auth/register", body).status()).isEqualTo(201);
        }
    }

    @Test
    void twoCompaniesOfOneNameHaveAddressesOfTheirOwn() {
        Tokens one = server.http()
                .post("/auth/register", founder("Same Name", "one@same.test"))
                .as(Tokens.class);
        Tokens two = server.http()
                .post("/auth/register", founder("Same Name", "two@same.test"))
                .as(Tokens.class);
        assertThat(one.user().company().slug()).isEqualTo("same-name");
        assertThat(two.user().company().slug()).startsWith("same-name-").isNotEqualTo("same-name");
    }

    @Test
    void whereRegistrationIsClosedNobodyFoundsACompany() {
        try (TestServer other =
                TestServer.builder().with(Setting.REGISTRATION, "closed").start()) {
            TestHttp.Reply reply = other.http().post("/auth/register", founder("New", "new@new.test"));
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.error().code()).isEqualTo("REGISTRATION_CLOSED");
        }
    }

    @Test
    void aServerForTheWholeNetworkIsClosedUnlessSaidOtherwise() {
        try (TestServer other =
                TestServer.builder().with(Setting.HOST, "0.0.0.0").start()) {
            assertThat(other.http()
                            .post("/auth/register", founder("New", "new@new.test"))
                            .error()
                            .code())
                    .isEqualTo("REGISTRATION_CLOSED");
        }
    }

    @Test
    void aStudentSignsUpAndIsAStudentWhateverTheRequestSays() {
        Map<String, Object> body = new HashMap<>(student("acme", "stu@students.test"));
        body.put("phone", "(202) 555-0143");
        body.put("roles", List.of("Admin"));
        body.put("role", "Admin");
        TestHttp.Reply reply = server.http().post("/auth/signup", body);
        assertThat(reply.status()).isEqualTo(201);
        Tokens tokens = reply.as(Tokens.class);
        assertThat(tokens.user().roles()).containsExactly(Role.STUDENT);
        assertThat(tokens.user().company().slug()).isEqualTo("acme");
        assertThat(server.http(tokens.accessToken())
                        .get("/auth/profile")
                        .json()
                        .get("phone")
                        .asText())
                .isEqualTo("+12025550143");
        assertThat(server.http(tokens.accessToken()).get("/leads").status()).isEqualTo(403);
    }

    @Test
    void aStudentOfACompanyThatIsNotThereIsTold() {
        TestHttp.Reply reply = server.http().post("/auth/signup", student("nowhere", "stu2@students.test"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().errors().getFirst().field()).isEqualTo("company");
    }

    @Test
    void aCompanyMayMakeItsStudentsAccountsItself() {
        TestServer.TestCompany school = server.company("School");
        TestServer.TestUser boss = school.user(Role.MANAGER);
        assertThat(boss.http()
                        .put("/settings/company/" + school.id(), Map.of("studentSignUp", false))
                        .status())
                .isEqualTo(200);
        TestHttp.Reply reply = server.http().post("/auth/signup", student("school", "stu4@students.test"));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.error().code()).isEqualTo("SIGN_UP_CLOSED");
    }

    @Test
    void whatIsNoPhoneNumberIsRefusedNamingTheField() {
        Map<String, Object> body = new HashMap<>(student("acme", "stu3@students.test"));
        body.put("phone", "call me");
        TestHttp.Reply reply = server.http().post("/auth/signup", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().errors().getFirst().field()).isEqualTo("phone");
    }

    @Test
    void manyNewAccountsFromOneAddressMustWait() {
        try (TestServer other = TestServer.start()) {
            Map<String, Object> body = new HashMap<>(student("acme", "x@x.test"));
            body.put("password", "short");
            TestHttp.Reply last = other.http().post("/auth/signup", body);
            for (int i = 1; i < 30; i++) {
                last = other.http().post("/auth/signup", body);
            }
            assertThat(last.status()).isEqualTo(400);
            assertThat(other.http().post("/auth/signup", body).status()).isEqualTo(429);
        }
    }
}
