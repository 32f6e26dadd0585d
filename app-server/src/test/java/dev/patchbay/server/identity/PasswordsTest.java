package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.BcryptFunction;
import com.password4j.types.Bcrypt;
import dev.patchbay.model.Role;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.visitor.Until;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    @Test
    void aBcryptHashOfAnEarlierProgramSignsInAndBecomesArgon2id() {
        try (TestServer server = TestServer.start()) {
            TestServer.TestUser agent = server.company("Acme").user(Role.AGENT);
            String old = BcryptFunction.getInstance(Bcrypt.B, 6)
                    .hash(TestServer.PASSWORD)
                    .getResult();
            server.database()
                    .acrossCompanies(handle -> handle.execute(
                            "update app_user set password_hash = ? where email = ?", old, agent.email()));
            Map<String, String> login = Map.of("email", agent.email(), "password", TestServer.PASSWORD);
            assertThat(server.http().post("/auth/login", login).status()).isEqualTo(200);
            String stored = server.database().acrossCompanies(handle -> handle.createQuery(
                            "select password_hash from app_user where email = :email")
                    .bind("email", agent.email())
                    .mapTo(String.class)
                    .one());
            assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
            assertThat(server.http().post("/auth/login", login).status()).isEqualTo(200);
        }
    }

    @Test
    void bcryptIsUsedWithTheChosenRoundsWhenChosen() {
        Passwords passwords = new Passwords("bcrypt", 7);
        String hash = passwords.hash(TestServer.PASSWORD);
        assertThat(hash).startsWith("$2b$07$");
        assertThat(passwords.verify(TestServer.PASSWORD, hash).right()).isTrue();
        assertThat(passwords.verify(TestServer.PASSWORD, hash).upgraded()).isNull();
        assertThat(passwords.verify("another", hash).right()).isFalse();
        assertThat(passwords.verify(TestServer.PASSWORD, null).right()).isFalse();
    }

    @Test
    void whoComesWhenTheLaneIsFullIsAskedToWait() throws InterruptedException {
        Passwords passwords = new Passwords("bcrypt", 6);
        CountDownLatch slow = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < Passwords.MOST_WAITING; n++) {
                threads.submit(() -> {
                    try {
                        return passwords.inLane(() -> {
                            try {
                                return slow.await(30, TimeUnit.SECONDS);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
                    } finally {
                        asked.incrementAndGet();
                    }
                });
            }
            Until.happens("the next one is refused", Duration.ofSeconds(4), () -> {
                try {
                    passwords.verify(TestServer.PASSWORD, null);
                    return false;
                } catch (Refusal refusal) {
                    assertThat(refusal.status()).isEqualTo(429);
                    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(2));
                    return true;
                }
            });
            slow.countDown();
        }
        assertThat(asked).hasValue(Passwords.MOST_WAITING);
        assertThat(passwords.verify(TestServer.PASSWORD, null).right()).isFalse();
    }

    @Test
    void twoHashesOfOnePasswordDiffer() {
        Passwords passwords = new Passwords("argon2id", 12);
        String one = passwords.hash(TestServer.PASSWORD);
        assertThat(passwords.hash(TestServer.PASSWORD)).isNotEqualTo(one);
        String bcrypt = new Passwords("bcrypt", 6).hash(TestServer.PASSWORD);
        Passwords.Verdict verdict = passwords.verify(TestServer.PASSWORD, bcrypt);
        assertThat(verdict.right()).isTrue();
        assertThat(Objects.requireNonNull(verdict.upgraded())).startsWith("$argon2id$");
    }

    @Test
    void aServerThatHashesWithBcryptSignsIn() {
        try (TestServer server = TestServer.builder()
                .with(Setting.PASSWORD_HASH, "bcrypt")
                .with(Setting.BCRYPT_ROUNDS, "10")
                .start()) {
            TestServer.TestUser agent = server.company("Acme").user(Role.AGENT);
            assertThat(server.http()
                            .post("/auth/login", Map.of("email", agent.email(), "password", TestServer.PASSWORD))
                            .status())
                    .isEqualTo(200);
        }
    }
}
