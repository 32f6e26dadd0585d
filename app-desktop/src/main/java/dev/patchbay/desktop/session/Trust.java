package dev.patchbay.desktop.session;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whom a console believes: the authorities of this system, or one certificate that a person confirmed at first sight.
/// With a pinned certificate nothing else is believed, not even an authority: a change is always said.
public final class Trust {
    private final @Nullable String pin;
    private final X509ExtendedTrustManager authorities;

    /// @param pin [#fingerprint] of the confirmed certificate; null: the system's authorities
    public Trust(@Nullable String pin) {
        this.pin = pin;
        this.authorities = systemAuthorities();
    }

    /// The server shows another certificate than the one that was confirmed.
    public static final class CertificateChanged extends CertificateException {
        CertificateChanged(String seen) {
            super("The server shows another certificate than before (" + seen
                    + "). Nothing was sent. Ask the administrator whether it was replaced; if so, connect anew.");
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /// Nobody vouches for the certificate and nobody has confirmed it here.
    public static final class CertificateUnknown extends CertificateException {
        private final transient X509Certificate certificate;

        CertificateUnknown(X509Certificate certificate, CertificateException cause) {
            super("Nobody this computer trusts vouches for the server's certificate.", cause);
            this.certificate = certificate;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }

        public X509Certificate certificate() {
            return certificate;
        }
    }

    /// SHA-256 of the certificate, as people compare it: pairs of upper-case hexadecimal digits with colons.
    public static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    /// Whether a certificate was confirmed, so that its name does not matter.
    boolean pinned() {
        return pin != null;
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is part of every JDK", e);
        }
    }

    X509ExtendedTrustManager manager() {
        return new Judge();
    }

    private void judge(X509Certificate[] chain, Check byAuthorities) throws CertificateException {
        X509Certificate certificate = chain[0];
        if (pin != null) {
            String seen = fingerprint(certificate);
            if (!MessageDigest.isEqual(plain(seen), plain(pin))) {
                throw new CertificateChanged(seen);
            }
            certificate.checkValidity();
            return;
        }
        try {
            byAuthorities.run();
        } catch (CertificateException e) {
            throw new CertificateUnknown(certificate, e);
        }
    }

    private static byte[] plain(String fingerprint) {
        return fingerprint.replace(":", "").toLowerCase(Locale.ROOT).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static X509ExtendedTrustManager systemAuthorities() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new NoSuchAlgorithmException("no X.509 trust manager"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no list of authorities", e);
        }
    }

    private interface Check {
        void run() throws CertificateException;
    }

    /// Extended, so that the JDK leaves the comparison of names to it: a pinned certificate may carry any name.
    private final class Judge extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            judge(chain, () -> authorities.checkServerTrusted(chain, type, socket));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            judge(chain, () -> authorities.checkServerTrusted(chain, type, engine));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            judge(chain, () -> authorities.checkServerTrusted(chain, type));
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("a console is no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("a console is no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("a console is no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return authorities.getAcceptedIssuers();
        }
    }
}
