package dev.patchbay.desktop.console;

import dev.patchbay.desktop.controls.Banner;
import dev.patchbay.desktop.controls.Fx;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.session.ConsoleFolder;
import dev.patchbay.desktop.session.KeyRingVault;
import dev.patchbay.desktop.session.LiveLink;
import dev.patchbay.desktop.session.LiveState;
import dev.patchbay.desktop.session.Remembered;
import dev.patchbay.desktop.session.ServerAddress;
import dev.patchbay.desktop.session.Session;
import dev.patchbay.desktop.session.SignIn;
import dev.patchbay.desktop.session.TokenVault;
import dev.patchbay.desktop.session.Unreachable;
import dev.patchbay.desktop.settings.Personal;
import dev.patchbay.desktop.settings.Preferences;
import dev.patchbay.desktop.settings.SoundChoice;
import dev.patchbay.desktop.shell.Actions;
import dev.patchbay.desktop.shell.ConsoleWindow;
import dev.patchbay.desktop.shell.Look;
import dev.patchbay.desktop.start.ArrivingView;
import dev.patchbay.desktop.start.StartView;
import dev.patchbay.desktop.voice.EngineSettings;
import dev.patchbay.desktop.voice.ProcessVoice;
import dev.patchbay.desktop.voice.Voice;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.server.CannotStart;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The console as a JavaFX application: the first steps, then the workplace, and back after a sign-out.
public final class ConsoleApp extends Application {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleApp.class);
    private static volatile @Nullable Wish wish;

    private final InstantSource clock = InstantSource.system();
    private final Wish asked;
    private @Nullable Entrance entrance;
    private @Nullable Voice voice;
    private @Nullable ConsoleWindow window;
    private @Nullable Preferences preferences;
    private @Nullable Look look;
    private @Nullable Actions actions;
    private @Nullable SignIn signIn;
    private @Nullable Workplace workplace;

    /// What the command line asks for.
    ///
    /// @param folder the console's own folder
    /// @param server to connect to; null for the one of last time
    /// @param engine which voice process; null for the usual one of the profile
    /// @param account to sign in with at once (the demo); null asks
    /// @param opened hears of each signed-in window, on the JavaFX thread
    public record Wish(
            ConsoleFolder folder,
            @Nullable ServerAddress server,
            @Nullable EngineSettings engine,
            @Nullable Account account,
            Consumer<Opened> opened) {}

    /// @param password never logged
    public record Account(String email, String password) {
        @Override
        public String toString() {
            return "Account[" + email + "]";
        }
    }

    /// A signed-in window, for the demo and for tests that drive it.
    public record Opened(
            Stage stage,
            Session session,
            dev.patchbay.desktop.softphone.Softphone phone,
            Actions actions,
            Voice voice) {}

    /// Runs the console until its window is closed. Once in a process.
    public static void run(Wish what) {
        wish = what;
        Application.launch(ConsoleApp.class);
    }

    /// Made by JavaFX.
    public ConsoleApp() {
        Wish known = wish;
        if (known == null) {
            throw new IllegalStateException("start the console with ConsoleApp.run");
        }
        asked = known;
    }

    @Override
    public void start(Stage stage) {
        ConsoleFolder folder = asked.folder();
        Preferences kept = new Preferences(folder.file("preferences.json"));
        preferences = kept;
        Look dressed = new Look();
        look = dressed;
        Actions all = new Actions();
        actions = all;
        Personal.apply(kept, dressed);
        EngineSettings engine =
                asked.engine() == null ? EngineSettings.standard(folder.profile(), folder.root()) : asked.engine();
        Voice heard = ProcessVoice.attach(engine, _ -> {});
        voice = heard;
        kept.read(SoundChoice.NAME, SoundChoice.class).ifPresent(choice -> {
            heard.send(choice.devices());
            heard.send(choice.processing());
        });
        TokenVault vault = KeyRingVault.orFile(folder);
        SignIn way = new SignIn(folder, vault, Fx::run, clock, true, LiveLink.Timing.USUAL);
        signIn = way;
        entrance = new Entrance(
                way,
                folder,
                session -> Fx.run(() -> open(session)),
                page -> Fx.run(() -> getHostServices().showDocument(page.toString())));
        ConsoleWindow opened = new ConsoleWindow(stage, dressed, all, kept);
        window = opened;
        stage.setOnCloseRequest(_ -> opened.remember());
        begin();
    }

    /// The account asked for, the sign-in kept from last time, or the first steps.
    private void begin() {
        Entrance door = need(entrance);
        Account account = asked.account();
        ServerAddress given = asked.server();
        String email = account == null ? door.remembered().email() : account.email();
        if (email != null) {
            need(window).show(new ArrivingView(email));
        }
        if (account != null && given != null) {
            Fx.background(
                    () -> need(signIn).signIn(given, account.email(), account.password()),
                    this::open,
                    this::cannotSignIn);
            return;
        }
        Fx.background(
                () -> {
                    door.startHere();
                    boolean same =
                            given == null || given.equals(door.remembered().address());
                    return same ? door.resume() : Optional.<Session>empty();
                },
                session -> session.ifPresentOrElse(this::open, () -> firstSteps(null)),
                this::cannotSignIn);
    }

    private void cannotSignIn(Exception why) {
        switch (why) {
            case Unreachable _, CannotStart _ -> LOG.info("no sign-in by itself: {}", why.getMessage());
            default -> LOG.error("the console cannot sign in by itself; the user is asked", why);
        }
        firstSteps(why.getMessage());
    }

    private void firstSteps(@Nullable String problem) {
        Entrance door = need(entrance);
        ServerAddress given = asked.server();
        Remembered last = door.remembered();
        ServerAddress server = given == null ? last.address() : given;
        // The session comes by its own way; the view has nothing more to do then.
        StartView view = new StartView(door, () -> {});
        if (given != null && !given.equals(last.address())) {
            view.lookAt(given.text());
        } else if (server != null) {
            String email = last.email();
            view.signIn(server.text(), email == null ? "" : email);
        }
        if (problem != null) {
            view.problem(problem);
        }
        need(window).show(view);
    }

    private void open(Session session) {
        ConsoleWindow shown = need(window);
        Workplace place = new Workplace(
                session,
                need(voice),
                shown.stage(),
                need(look),
                need(actions),
                need(preferences),
                clock,
                () -> leave(null));
        workplace = place;
        warnings(place);
        session.live().subscribe(state -> {
            if (state instanceof LiveState.SignedOut out && place.equals(workplace)) {
                leave(out.why());
            }
        });
        shown.show(place.shell());
        asked.opened().accept(new Opened(shown.stage(), session, place.phone(), need(actions), need(voice)));
    }

    private void warnings(Workplace place) {
        need(preferences).setAside().ifPresent(file -> place.shell()
                .banners()
                .getChildren()
                .add(new Banner(
                        Tone.WARN,
                        Words.bind("console.preferences.damaged"),
                        Words.bind("console.preferences.aside", file.getFileName()))));
    }

    /// The session is over: the user signed out (null) or the server ended it.
    ///
    /// @param why the server's sentence
    private void leave(@Nullable String why) {
        Workplace place = workplace;
        if (place == null) {
            return;
        }
        workplace = null;
        Actions all = need(actions);
        place.close();
        all.clear();
        firstSteps(why);
    }

    @Override
    public void stop() {
        Workplace place = workplace;
        if (place != null) {
            workplace = null;
            place.close();
        }
        if (voice != null) {
            voice.close();
        }
        if (entrance != null) {
            entrance.close();
        }
        Platform.exit();
    }

    private static <T> T need(@Nullable T made) {
        if (made == null) {
            throw new IllegalStateException("the console has not been started");
        }
        return made;
    }
}
