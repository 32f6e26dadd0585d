package dev.patchbay.desktop.start;

import dev.patchbay.desktop.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// First steps without a server, for pictures and for trying the wizard: one server with one user, who signs in with
/// the password of the server's making.
public final class SampleStart implements StartActions {
    static final String FINGERPRINT =
            "4B:3E:91:0C:77:D2:5A:18:6F:E0:93:2D:C4:A1:58:0B:" + "9A:EE:17:62:BF:35:D8:04:7C:29:F1:86:5D:B3:E4:0A";

    private final List<NewServer> created = new ArrayList<>();
    private final List<String> letters = new ArrayList<>();
    private final List<String> providers = new ArrayList<>();
    private @Nullable String secondFactor;

    @Override
    public synchronized Outcome<Server> create(NewServer wish, Consumer<String> progress) {
        progress.accept(Words.of("start.create.working"));
        if (wish.company().equalsIgnoreCase("taken")) {
            return new Outcome.Refused<>(
                    Words.of("start.failed"), Map.of("company", Words.of("start.create.company.missing")));
        }
        created.add(wish);
        String address = wish.address();
        return new Outcome.Ready<>(
                address == null
                        ? new Server("http://localhost:8090", null)
                        : new Server("https://" + address + ":8090", FINGERPRINT));
    }

    /// The servers asked for, in order.
    public synchronized List<NewServer> created() {
        return List.copyOf(created);
    }

    @Override
    public Outcome<Found> find(String typed) {
        return typed.contains("nowhere")
                ? new Outcome.Refused<>(
                        Words.of("start.sample.unreachable", typed),
                        Map.of("address", Words.of("start.connect.address.missing")))
                : new Outcome.Ready<>(new Found(typed, "Patchbay", typed.contains("own") ? FINGERPRINT : null));
    }

    @Override
    public Outcome<Server> connect(Found found) {
        return new Outcome.Ready<>(new Server(found.address(), found.fingerprint()));
    }

    @Override
    public synchronized Outcome<Done> signIn(String email, String password, @Nullable String code) {
        boolean known = created.stream()
                .anyMatch(server ->
                        server.email().equals(email) && server.password().equals(password));
        if (!known) {
            return new Outcome.Refused<>(Words.of("start.sample.wrong"), Map.of());
        }
        if (secondFactor == null || secondFactor.equals(code)) {
            return new Outcome.Ready<>(new Done());
        }
        return new Outcome.Refused<>("", Map.of("code", code == null ? "" : Words.of("session.wrongCode")));
    }

    /// From now on a code is asked for, and this one is right.
    public synchronized void secondFactor(String code) {
        secondFactor = code;
    }

    /// Somebody else vouches for people too.
    public synchronized void providers(String... names) {
        providers.addAll(List.of(names));
    }

    /// To whom letters were sent, in order.
    public synchronized List<String> letters() {
        return List.copyOf(letters);
    }

    @Override
    public synchronized Outcome<Done> forgot(String email) {
        letters.add(email);
        return new Outcome.Ready<>(new Done());
    }

    @Override
    public synchronized List<String> providers() {
        return List.copyOf(providers);
    }

    @Override
    public Outcome<Done> signInWith(String provider, @Nullable String code) {
        return new Outcome.Ready<>(new Done());
    }

    @Override
    public List<String> addresses() {
        return List.of("192.168.1.20", "anna-laptop.local");
    }
}
