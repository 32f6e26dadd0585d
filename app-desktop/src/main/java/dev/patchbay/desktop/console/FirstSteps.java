package dev.patchbay.desktop.console;

import dev.patchbay.desktop.session.Refused;
import dev.patchbay.desktop.session.ServerAddress;
import dev.patchbay.desktop.session.Session;
import dev.patchbay.desktop.session.SignIn;
import dev.patchbay.desktop.session.Unreachable;
import dev.patchbay.desktop.start.StartActions;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.FieldError;
import dev.patchbay.server.CannotStart;
import dev.patchbay.server.PatchbayServer;
import dev.patchbay.server.access.Refusal;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Carries the first steps out: makes a server here, finds one elsewhere, signs in.
final class FirstSteps implements StartActions {
    private final OwnServer own;
    private final SignIn signIn;
    private final Consumer<Session> signedIn;
    private volatile @Nullable ServerAddress chosen;

    /// @param signedIn hears of the session, on the calling (virtual) thread
    FirstSteps(OwnServer own, SignIn signIn, @Nullable ServerAddress chosen, Consumer<Session> signedIn) {
        this.own = own;
        this.signIn = signIn;
        this.chosen = chosen;
        this.signedIn = signedIn;
    }

    @Override
    public Outcome<Server> create(NewServer wish, Consumer<String> progress) {
        return outcome(() -> {
            progress.accept(Words.of("start.create.working"));
            OwnServer.Running running = own.start(wish.address());
            if (running.server().isEmpty()) {
                running.server()
                        .setUp(new PatchbayServer.FirstRun(
                                wish.company(), region(), wish.name(), wish.email(), wish.password()));
            }
            own.keep(wish.address());
            ServerAddress address = ServerAddress.parse(running.url());
            String fingerprint = running.fingerprint();
            chosen = fingerprint == null ? address : address.pinned(fingerprint);
            return new Server(running.url(), fingerprint);
        });
    }

    @Override
    public Outcome<Found> find(String typed) {
        return outcome(() -> {
            ServerAddress address = parse(typed);
            return switch (signIn.look(address)) {
                case SignIn.Seen.Server server -> new Found(server.address().text(), "Patchbay", null);
                case SignIn.Seen.Unknown unknown ->
                    new Found(unknown.address().text(), "Patchbay", unknown.fingerprint());
            };
        });
    }

    @Override
    public Outcome<Server> connect(Found found) {
        return outcome(() -> {
            ServerAddress address = parse(found.address());
            String fingerprint = found.fingerprint();
            chosen = fingerprint == null ? address : address.pinned(fingerprint);
            return new Server(found.address(), fingerprint);
        });
    }

    @Override
    public Outcome<Done> signIn(String email, String password) {
        return outcome(() -> {
            ServerAddress server = chosen;
            if (server == null) {
                throw new Unreachable(Unreachable.Reason.NAME, Words.of("start.connect.address.missing"));
            }
            signedIn.accept(signIn.signIn(server, email, password));
            return new Done();
        });
    }

    @Override
    public List<String> addresses() {
        List<String> all = new ArrayList<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .filter(address -> address instanceof java.net.Inet4Address)
                    .map(InetAddress::getHostAddress)
                    .forEach(all::add);
            all.add(InetAddress.getLocalHost().getHostName());
        } catch (SocketException | UnknownHostException e) {
            // Without a network there is nothing to propose; the person types the name.
            return all;
        }
        return all;
    }

    private static ServerAddress parse(String typed) {
        try {
            return ServerAddress.parse(typed);
        } catch (IllegalArgumentException e) {
            throw new Unreachable(Unreachable.Reason.NAME, String.valueOf(e.getMessage()), e);
        }
    }

    private static String region() {
        String country = Locale.getDefault().getCountry();
        return country.length() == 2 ? country : "US";
    }

    /// What went wrong as a sentence, and by field where the server named one.
    private static <T> Outcome<T> outcome(Supplier<T> work) {
        try {
            return new Outcome.Ready<>(work.get());
        } catch (Refused no) {
            return refused(no.error());
        } catch (Refusal no) {
            return refused(no.body());
        } catch (Unreachable away) {
            return new Outcome.Refused<>(sentence(away), Map.of());
        } catch (CannotStart cannot) {
            return new Outcome.Refused<>(String.valueOf(cannot.getMessage()), Map.of());
        }
    }

    private static <T> Outcome<T> refused(ErrorBody error) {
        return new Outcome.Refused<>(
                words("console.error." + error.code(), error.message()),
                error.errors().stream()
                        .collect(Collectors.toMap(FieldError::field, FieldError::message, (first, _) -> first)));
    }

    static String sentence(Unreachable away) {
        return words("console.unreachable." + away.reason(), String.valueOf(away.getMessage()));
    }

    private static String words(String key, String otherwise) {
        return Words.has(key) ? Words.of(key) : otherwise;
    }
}
