package dev.patchbay.desktop.session;

import dev.patchbay.model.Health;
import dev.patchbay.model.Tokens;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
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
        RestClient rest = new RestClient(address, new Trust(address.pin()), PATIENCE);
        try {
            return session(rest, new Api(rest).login(email.strip(), password));
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
