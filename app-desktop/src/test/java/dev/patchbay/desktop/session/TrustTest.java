package dev.patchbay.desktop.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.patchbay.model.Health;
import dev.patchbay.model.Json;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server with a certificate of its own making, over real TLS.
class TrustTest {
    @Test
    void aCertificateOfTheirOwnIsShownAndPinnedAtFirstSightAndAChangeIsRefused(@TempDir Path folder) throws Exception {
        try (Desk desk = new Desk(folder)) {
            ServerAddress address;
            String fingerprint;
            int port;
            HttpsServer first = serve(0);
            try {
                port = first.getAddress().getPort();
                SignIn.Seen seen = desk.signIn.look(ServerAddress.parse("https://127.0.0.1:" + port));
                SignIn.Seen.Unknown unknown = (SignIn.Seen.Unknown) seen;
                fingerprint = unknown.fingerprint();
                assertThat(fingerprint).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
                address = unknown.address().pinned(fingerprint);
                assertThat(desk.signIn.look(address)).isEqualTo(new SignIn.Seen.Server(address));
            } finally {
                first.stop(0);
            }
            HttpsServer other = serve(port);
            try {
                assertThatThrownBy(() -> desk.signIn.look(address))
                        .isInstanceOfSatisfying(Unreachable.class, away -> assertThat(away.reason())
                                .isEqualTo(Unreachable.Reason.CERTIFICATE_CHANGED))
                        .hasMessageContaining("another certificate");
            } finally {
                other.stop(0);
            }
        }
    }

    @Test
    void nobodyThereAndSomebodyElseAreSaidApart(@TempDir Path folder) throws Exception {
        try (Desk desk = new Desk(folder)) {
            int free;
            try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
                free = socket.getLocalPort();
            }
            assertThatThrownBy(() -> desk.signIn.look(PretendServer.at(free)))
                    .isInstanceOfSatisfying(Unreachable.class, away -> assertThat(away.reason())
                            .isEqualTo(Unreachable.Reason.NOBODY_THERE));
            assertThatThrownBy(() -> desk.signIn.look(ServerAddress.parse("http://no-such-host.invalid")))
                    .isInstanceOfSatisfying(
                            Unreachable.class, away -> assertThat(away.reason()).isEqualTo(Unreachable.Reason.NAME));
            var other = com.sun.net.httpserver.HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            other.createContext("/", exchange -> {
                byte[] page = "<h1>Printer</h1>".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
            });
            other.start();
            try {
                assertThatThrownBy(() -> desk.signIn.look(
                                PretendServer.at(other.getAddress().getPort())))
                        .isInstanceOfSatisfying(Unreachable.class, away -> assertThat(away.reason())
                                .isEqualTo(Unreachable.Reason.NOT_PATCHBAY));
            } finally {
                other.stop(0);
            }
        }
    }

    private static HttpsServer serve(int port) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        X500Name name = new X500Name("CN=some other name");
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(Instant.now().minusSeconds(60)),
                                Date.from(Instant.now().plusSeconds(3_600)),
                                name,
                                keys.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/api/v1/health", exchange -> {
            byte[] body = Json.write(new Health("ok", Instant.now(), null)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
