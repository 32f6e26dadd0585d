package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.model.CompanyView;
import dev.patchbay.model.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
    @TempDir
    Path folder;

    @Test
    void theFirstRunMakesACompanyWhoseAdministratorSignsIn() {
        try (PatchbayServer server = PatchbayServer.start(Config.in(folder).with(Setting.PORT, "0"))) {
            assertThat(server.isEmpty()).isTrue();
            CompanyView company = server.setUp(
                    new PatchbayServer.FirstRun("Acme", "DE", "Ann", "ann@acme.test", TestServer.PASSWORD));
            assertThat(company.region()).isEqualTo("DE");
            assertThat(server.isEmpty()).isFalse();
            assertThat(new TestHttp(server.url(), null)
                            .post("/auth/login", Map.of("email", "ann@acme.test", "password", TestServer.PASSWORD))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aSignInOutlivesARestart() {
        try (TestServer server = TestServer.builder().inFolder(folder).start()) {
            TestServer.TestUser agent = server.company("Acme").user(Role.AGENT);
            server.restart();
            assertThat(agent.http().get("/auth/profile").status()).isEqualTo(200);
        }
    }

    @Test
    void aDatabaseThatIsAwayAnswers503Soon() {
        try (TestServer server = TestServer.start()) {
            TestServer.TestUser agent = server.company("Acme").user(Role.AGENT);
            // The statement's own answer is lost with the database.
            assertThatThrownBy(
                    () -> server.database().acrossCompanies(handle -> handle.execute("shutdown immediately")));
            long start = System.nanoTime();
            TestHttp.Reply reply = agent.http().get("/auth/profile");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isPresent();
            assertThat(reply.error().code()).isEqualTo("UNAVAILABLE");
        }
    }

    @Test
    void aSelfSignedServerShowsTheCertificateThatConsolesPin() throws Exception {
        PatchbayServer.WithCertificate made = PatchbayServer.selfSigned(
                Config.in(folder).with(Setting.PORT, "0"), List.of("patchbay.lan", "192.0.2.7", "localhost"));
        assertThat(Files.readString(folder.resolve("tls-certificate.pem"))).startsWith("-----BEGIN CERTIFICATE-----");
        AtomicReference<String> seen = new AtomicReference<>("");
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Recorder(seen)}, new SecureRandom());
        try (PatchbayServer server = PatchbayServer.start(made.config());
                HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            assertThat(server.url().getScheme()).isEqualTo("https");
            HttpResponse<String> health = client.send(
                    HttpRequest.newBuilder(URI.create(server.url() + "/health")).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(seen.get()).isEqualTo(made.fingerprint());
        }
    }

    /// Remembers what a console would pin.
    private static final class Recorder extends X509ExtendedTrustManager {
        private final AtomicReference<String> seen;

        Recorder(AtomicReference<String> seen) {
            this.seen = seen;
        }

        private void record(X509Certificate[] chain) {
            try {
                seen.set(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded())));
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            record(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
            record(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            record(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new IllegalStateException("no client asks");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
            throw new IllegalStateException("no client asks");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException("no client asks");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
