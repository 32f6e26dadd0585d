package dev.patchbay.desktop.console;

import dev.patchbay.desktop.session.ConsoleFolder;
import dev.patchbay.desktop.session.Refused;
import dev.patchbay.desktop.session.Remembered;
import dev.patchbay.desktop.session.ServerAddress;
import dev.patchbay.desktop.session.Session;
import dev.patchbay.desktop.session.SignIn;
import dev.patchbay.desktop.session.Unreachable;
import dev.patchbay.desktop.start.StartActions;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.FieldError;
import dev.patchbay.server.CannotStart;
import dev.patchbay.server.Config;
import dev.patchbay.server.PatchbayServer;
import dev.patchbay.server.Setting;
import dev.patchbay.server.access.Refusal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The first steps, done: a server started here or found elsewhere, and the sign-in. Blocks; thread-safe.
///
/// A server that was started here runs in this process and starts again with it ([#startHere]).
public final class Entrance implements StartActions, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
    private static final Duration IN_BROWSER = Duration.ofMinutes(5);

    private final SignIn signIn;
    private final Path serverFolder;
    private final Consumer<Session> arrived;
    private final Consumer<URI> browser;
    private @Nullable PatchbayServer here;
    private @Nullable ServerAddress chosen;
    private volatile SignIn.@Nullable Vouched vouched;

    /// @param arrived takes each session that was signed in to; not started yet. On the caller's thread
    /// @param browser opens an address in the system's browser
    public Entrance(SignIn signIn, ConsoleFolder folder, Consumer<Session> arrived, Consumer<URI> browser) {
        this.browser = browser;
        this.signIn = signIn;
        this.serverFolder = folder.file("server");
        this.arrived = arrived;
        this.chosen = signIn.remembered().address();
    }

    /// Starts the server that this console runs, when it has set one up.
    ///
    /// @return where it serves; empty when there is none
    /// @throws CannotStart with a sentence
    public synchronized Optional<URI> startHere() {
        if (here == null && Files.exists(serverFolder.resolve("patchbay.properties"))) {
            here = PatchbayServer.start(Config.load(Map.of(), Map.of(), serverFolder));
        }
        return Optional.ofNullable(here).map(PatchbayServer::url);
    }

    /// The sign-in from last time.
    ///
    /// @throws Unreachable when the server is away
    public Optional<Session> resume() {
        return signIn.resume();
    }

    @Override
    public synchronized Outcome<Server> create(NewServer wish, Consumer<String> progress) {
        progress.accept(Words.of("session.create.starting"));
        try {
            Config config = Config.load(Map.of(), Map.of(), serverFolder);
            String fingerprint = null;
            String address = wish.address();
            if (address != null) {
                PatchbayServer.WithCertificate own =
                        PatchbayServer.selfSigned(config, List.of(address, "localhost", "127.0.0.1"));
                config = own.config().with(Setting.HOST, "0.0.0.0");
                fingerprint = own.fingerprint();
            }
            PatchbayServer server = here == null ? PatchbayServer.start(config) : here;
            here = server;
            progress.accept(Words.of("session.create.settingUp"));
            if (server.isEmpty()) {
                server.setUp(new PatchbayServer.FirstRun(
                        wish.company(), region(), wish.name(), wish.email(), wish.password()));
            }
            config.save();
            int port = server.url().getPort();
            String scheme = address == null ? "http" : "https";
            ServerAddress local = ServerAddress.parse(scheme + "://localhost:" + port);
            chosen = fingerprint == null ? local : local.pinned(colons(fingerprint));
            return new Outcome.Ready<>(new Server(
                    scheme + "://" + (address == null ? "localhost" : address) + ":" + port,
                    fingerprint == null ? null : colons(fingerprint)));
        } catch (Refusal no) {
            return refused(no.body().message(), no.body().errors());
        } catch (CannotStart | Config.Unusable no) {
            LOG.warn("the server here could not be started", no);
            return new Outcome.Refused<>(String.valueOf(no.getMessage()), Map.of());
        }
    }

    private static String region() {
        String country = Locale.getDefault().getCountry();
        return country.length() == 2 ? country : "US";
    }

    private static String colons(String hexadecimal) {
        String plain = hexadecimal.replace(":", "").toUpperCase(Locale.ROOT);
        return String.join(":", plain.split("(?<=\\G..)"));
    }

    @Override
    public Outcome<Found> find(String typed) {
        ServerAddress address;
        try {
            address = ServerAddress.parse(typed);
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused<>(
                    Words.of("session.noAddress", typed), Map.of("address", Words.of("session.noAddress", typed)));
        }
        try {
            return new Outcome.Ready<>(
                    switch (signIn.look(address)) {
                        case SignIn.Seen.Server(var seen) -> new Found(seen.text(), "Patchbay", null);
                        case SignIn.Seen.Unknown unknown ->
                            new Found(unknown.address().text(), "Patchbay", unknown.fingerprint());
                    });
        } catch (Unreachable away) {
            return new Outcome.Refused<>(sentence(away, address), Map.of());
        }
    }

    @Override
    public synchronized Outcome<Server> connect(Found found) {
        ServerAddress address = ServerAddress.parse(found.address());
        String fingerprint = found.fingerprint();
        chosen = fingerprint == null ? address : address.pinned(fingerprint);
        return new Outcome.Ready<>(new Server(address.text(), fingerprint));
    }

    @Override
    public Outcome<Done> signIn(String email, String password, @Nullable String code) {
        return at(address -> arrived.accept(signIn.signIn(address, email, password, code)));
    }

    @Override
    public Outcome<Done> forgot(String email) {
        return at(address -> signIn.forgot(address, email));
    }

    @Override
    public List<String> providers() {
        ServerAddress address = chosen();
        try {
            return address == null ? List.of() : signIn.providers(address);
        } catch (Unreachable away) {
            LOG.debug("the other ways to sign in are not known: {}", away.getMessage());
            return List.of();
        }
    }

    @Override
    public Outcome<Done> signInWith(String provider, @Nullable String code) {
        return at(address -> {
            SignIn.Vouched before = vouched;
            SignIn.Vouched by = code != null && before != null
                    ? before
                    : signIn.inBrowser(address, provider, browser, Words.of("session.browser.done"), IN_BROWSER)
                            .orElse(null);
            vouched = by;
            if (by == null) {
                throw new Refused(ErrorBody.of("NOBODY_CAME", Words.of("session.browser.late")), 408);
            }
            arrived.accept(signIn.signIn(by, code));
            vouched = null;
        });
    }

    private synchronized @Nullable ServerAddress chosen() {
        return chosen;
    }

    /// Does it at the chosen server and says what came of it.
    private Outcome<Done> at(Consumer<ServerAddress> work) {
        ServerAddress address = chosen();
        if (address == null) {
            return new Outcome.Refused<>(Words.of("session.noServer"), Map.of());
        }
        try {
            work.accept(address);
            return new Outcome.Ready<>(new Done());
        } catch (Refused no) {
            return switch (no.error().code()) {
                case "INVALID_CREDENTIALS" -> new Outcome.Refused<>(Words.of("session.wrongPassword"), Map.of());
                case "TOTP_REQUIRED" -> new Outcome.Refused<>("", Map.of("code", ""));
                case "TOTP_WRONG" -> new Outcome.Refused<>("", Map.of("code", Words.of("session.wrongCode")));
                case "TOO_MANY_REQUESTS" -> new Outcome.Refused<>(Words.of("session.tooManyTries"), Map.of());
                default -> refused(no.error().message(), no.error().errors());
            };
        } catch (Unreachable away) {
            return new Outcome.Refused<>(sentence(away, address), Map.of());
        } catch (java.io.UncheckedIOException e) {
            LOG.warn("the console's folder cannot be used", e);
            return new Outcome.Refused<>(Words.of("session.folder", String.valueOf(e.getMessage())), Map.of());
        }
    }

    /// Who signed in last and where, for the sign-in's fields.
    public Remembered remembered() {
        return signIn.remembered();
    }

    private static <T> Outcome<T> refused(String sentence, List<FieldError> errors) {
        Map<String, String> fields = new HashMap<>();
        errors.forEach(error -> fields.putIfAbsent(field(error.field()), error.message()));
        return new Outcome.Refused<>(sentence, fields);
    }

    /// The server says `admin.email`; the form has `email`. The company's own name is `company` in the form.
    private static String field(String server) {
        String last = server.substring(server.lastIndexOf('.') + 1);
        return server.equals("name") ? "company" : last;
    }

    private static String sentence(Unreachable away, ServerAddress address) {
        String at = address.text();
        return switch (away.reason()) {
            case NAME -> Words.of("session.away.name", at);
            case NOBODY_THERE -> Words.of("session.away.nobody", at);
            case SILENT, OFFLINE -> Words.of("session.away.silent", at);
            case CERTIFICATE_CHANGED -> Words.of("session.away.changed", at);
            case CERTIFICATE_UNKNOWN -> Words.of("session.away.unknown", at);
            case NOT_PATCHBAY -> Words.of("session.away.other", at);
            case SIGNED_OUT -> Words.of("session.away.signedOut");
        };
    }

    @Override
    public List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        try {
            for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
                if (card.isUp() && !card.isLoopback() && !card.isVirtual()) {
                    card.inetAddresses()
                            .filter(Inet4Address.class::isInstance)
                            .map(InetAddress::getHostAddress)
                            .forEach(addresses::add);
                }
            }
        } catch (SocketException e) {
            LOG.info("the addresses of this machine cannot be listed; the user types one", e);
        }
        return addresses;
    }

    /// Stops the server that runs here.
    @Override
    public synchronized void close() {
        PatchbayServer server = here;
        here = null;
        if (server != null) {
            server.close();
        }
    }
}
