package dev.patchbay.server.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// HTTPS from a certificate chain and its key in PEM files, as certbot writes them.
public final class Tls {
    private final KeyStore keys;

    /// @throws IllegalArgumentException naming the variable whose file cannot be used
    public Tls(Path certificate, Path key) {
        try {
            Certificate[] chain = chain(certificate);
            keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("patchbay", privateKey(key, chain[0].getPublicKey().getAlgorithm()), new char[0], chain);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS_CERTIFICATE and TLS_KEY do not fit together: " + e.getMessage(), e);
        }
    }

    private static Certificate[] chain(Path file) {
        try {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                    .toArray(Certificate[]::new);
            if (chain.length == 0) {
                throw new IllegalArgumentException("TLS_CERTIFICATE: there is no certificate in " + file + ".");
            }
            return chain;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS_CERTIFICATE: " + file + " cannot be read as PEM.", e);
        }
    }

    private static PrivateKey privateKey(Path file, String algorithm) {
        try {
            String body =
                    Files.readString(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "TLS_KEY: " + file + " cannot be read as the PEM (PKCS#8) of an " + algorithm + " key.", e);
        }
    }

    ServerConnector connector(Server server, HttpConfiguration http) {
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStore(keys);
        ssl.setKeyStorePassword("");
        ssl.setIncludeProtocols(List.of("TLSv1.3", "TLSv1.2").toArray(String[]::new));
        ssl.setSniRequired(false);
        HttpConfiguration https = new HttpConfiguration(http);
        // Consoles come by address as well as by name; the certificate's pin, not its name, is what they check.
        https.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(server, ssl, new HttpConnectionFactory(https));
    }
}
