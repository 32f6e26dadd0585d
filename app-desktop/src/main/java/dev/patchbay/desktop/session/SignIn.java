package dev.patchbay.desktop.session;

import dev.patchbay.model.Health;
import dev.patchbay.model.Tokens;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way to a [Session]: which server, who, or the sign-in kept from last time. Everything blocks; for virtual
/// threads.
public final class SignIn {
    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ConsoleFolder folder;
    private final TokenVault vault;
    private final Executor screen;
    private final InstantSource clock;
    private final boolean takesCalls;
    private final LiveLink.Timing timing;

    /// @param screen where properties and listeners of the sessions change
    /// @param takesCalls whether this console has a voice process
    public SignIn(
            ConsoleFolder folder,
            TokenVault vault,
            Executor screen,
            InstantSource clock,
            boolean takesCalls,
            LiveLink.Timing timing) {
        this.folder = folder;
        this.vault = vault;
        this.screen = screen;
        this.clock = clock;
        this.takesCalls = takesCalls;
        this.timing = timing;
    }

    /// What is known from the last time.
    public Remembered remembered() {
        return Remembered.read(folder);
    }

    /// What stands at an address.
    public sealed interface Seen {
        /// A Patchbay server that may be trusted.
        record Server(ServerAddress address) implements Seen {}

        /// A server whose certificate nobody vouches for. A person compares the fingerprint with what the server's
        /// administrator sees, then goes on with `address.pinned(fingerprint)`.
        record Unknown(ServerAddress address, String fingerprint, String name) implements Seen {}
    }

    /// Looks who is at an address.
    ///
    /// @throws Unreachable when nobody, or no Patchbay server
    public Seen look(ServerAddress address) {
        try (RestClient rest = new RestClient(address, new Trust(address.pin()), PATIENCE)) {
            Health health = rest.get("/health", Health.class);
            if (health == null || health.status() == null) {
                throw new Unreachable(
                        Unreachable.Reason.NOT_PATCHBAY,
                        "What answers at " + address.text() + " is no Patchbay server.");
            }
            return new Seen.Server(address);
        } catch (Refused no) {
            if (no.httpStatus() == 503) {
                return new Seen.Server(address);
            }
            throw new Unreachable(
                    Unreachable.Reason.NOT_PATCHBAY, "What answers at " + address.text() + " is no Patchbay server.");
        } catch (Unreachable away) {
            X509Certificate certificate = unknown(away);
            if (certificate == null) {
                throw away;
            }
            return new Seen.Unknown(
                    address,
                    Trust.fingerprint(certificate),
                    certificate.getSubjectX500Principal().getName());
        }
    }

    private static @Nullable X509Certificate unknown(Unreachable away) {
        for (Throwable cause = away; cause != null; cause = cause.getCause()) {
            if (cause instanceof Trust.CertificateUnknown unknown) {
                return unknown.certificate();
            }
        }
        return null;
    }

    /// Signs in with a password; the session is remembered.
    ///
    /// @throws Refused `INVALID_CREDENTIALS`, `TOO_MANY_REQUESTS` and the like
    /// @throws Unreachable when the server is away
    public Session signIn(ServerAddress address, String email, String password) {
        return signIn(address, email, password, null);
    }

    /// As [#signIn(ServerAddress, String, String)], with the code of the second factor.
    ///
    /// @throws Refused `TOTP_REQUIRED` without a code where one is needed, `TOTP_WRONG` for a wrong one
    public Session signIn(ServerAddress address, String email, String password, @Nullable String code) {
        RestClient rest = new RestClient(address, new Trust(address.pin()), PATIENCE);
        try {
            return session(rest, new Api(rest).login(email.strip(), password, code));
        } catch (RuntimeException e) {
            rest.close();
            throw e;
        }
    }

    /// Has the server send a letter with a link for a new password, if somebody has the address.
    ///
    /// @throws Refused when too many were asked for
    /// @throws Unreachable when the server is away
    public void forgot(ServerAddress address, String email) {
        try (RestClient rest = new RestClient(address, new Trust(address.pin()), PATIENCE)) {
            rest.post("/auth/password/forgot", Map.of("email", email.strip()));
        }
    }

    /// Who else vouches for people at the server, such as `google`; empty for a server that does not say.
    ///
    /// @throws Unreachable when the server is away
    public List<String> providers(ServerAddress address) {
        try (RestClient rest = new RestClient(address, new Trust(address.pin()), PATIENCE)) {
            List<String> all = new ArrayList<>();
            rest.get("/auth/providers").path("items").forEach(each -> all.add(each.asText()));
            return all;
        } catch (Refused no) {
            LOG.debug("the server names no other ways to sign in: {}", no.getMessage());
            return List.of();
        }
    }

    /// A browser's one-time code, to be exchanged for a session.
    ///
    /// @param verifier shows that it is this program that sent the browser (RFC 7636)
    public record Vouched(ServerAddress address, String code, String verifier) {
        @Override
        public String toString() {
            return "Vouched[" + address.text() + "]";
        }
    }

    /// Sends a browser to one of the [#providers] and waits until it comes back.
    ///
    /// @param browser opens an address
    /// @param sentence what the browser shows at the end
    /// @param patience how long to wait
    /// @return empty when nobody came back in time
    public Optional<Vouched> inBrowser(
            ServerAddress address, String provider, Consumer<URI> browser, String sentence, Duration patience) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String verifier = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        try (BrowserReturn back = new BrowserReturn(sentence)) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
            Map<String, @Nullable Object> asked = new LinkedHashMap<>();
            asked.put("redirect", back.redirect());
            asked.put("challenge", challenge);
            browser.accept(URI.create(address.base() + "/api/v1/auth/" + provider + RestClient.query(asked)));
            return back.await(patience).map(code -> new Vouched(address, code, verifier));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (IOException e) {
            throw Unreachable.because(e, "127.0.0.1");
        }
    }

    /// Signs in with what a browser brought.
    ///
    /// @param code of the second factor; null at first
    /// @throws Refused `TOTP_REQUIRED` without a code where one is needed; the same `Vouched` serves again
    public Session signIn(Vouched vouched, @Nullable String code) {
        RestClient rest =
                new RestClient(vouched.address(), new Trust(vouched.address().pin()), PATIENCE);
        try {
            Map<String, String> body = code == null
                    ? Map.of("code", vouched.code(), "verifier", vouched.verifier())
                    : Map.of("code", vouched.code(), "verifier", vouched.verifier(), "totp", code);
            return session(
                    rest,
                    rest.post(
                            "/auth/exchange",
                            body,
                            Tokens.class,
                            UUID.randomUUID().toString()));
        } catch (RuntimeException e) {
            rest.close();
            throw e;
        }
    }

    /// The sign-in from last time, when there is one that the server still takes.
    ///
    /// @throws Unreachable when the server is away; the sign-in stays kept
    public Optional<Session> resume() {
        Remembered known = remembered();
        ServerAddress address = known.address();
        String email = known.email();
        Optional<String> secret =
                address == null || email == null ? Optional.empty() : vault.find(account(address, email));
        if (address == null || email == null || secret.isEmpty()) {
            return Optional.empty();
        }
        RestClient rest = new RestClient(address, new Trust(address.pin()), PATIENCE);
        try {
            return Optional.of(session(rest, rest.renew(secret.get())));
        } catch (Refused no) {
            rest.close();
            if (no.httpStatus() == 503 || no.httpStatus() == 429) {
                throw new Unreachable(Unreachable.Reason.SILENT, no.error().message(), no);
            }
            LOG.info(
                    "the kept sign-in is over ({}); the user signs in again",
                    no.error().code());
            vault.forget(account(address, email));
            return Optional.empty();
        } catch (RuntimeException e) {
            rest.close();
            throw e;
        }
    }

    private Session session(RestClient rest, Tokens tokens) {
        ServerAddress address = rest.server();
        String email = tokens.user().email();
        String account = account(address, email);
        Remembered now = remembered().with(address, email);
        now.write(folder);
        vault.keep(account, tokens.refreshToken());
        return new Session(rest, tokens, now.device(), takesCalls, folder, clock, timing, screen, new Session.Keeper() {
            @Override
            public void renewed(Tokens fresh) {
                vault.keep(account, fresh.refreshToken());
            }

            @Override
            public void over() {
                vault.forget(account);
            }
        });
    }

    private static String account(ServerAddress address, String email) {
        return email + " at " + address.text();
    }
}
