package dev.patchbay.desktop.shell;

import dev.patchbay.desktop.controls.FourFaces;
import dev.patchbay.desktop.controls.Ticker;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.settings.Preferences;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.Because;
import dev.patchbay.model.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The window's own scenes for [Screenshots].
public final class ShellScenes {
    /// The time at which all pictures are taken.
    public static final Instant NOW = Instant.parse("2026-11-20T14:02:30Z");

    private ShellScenes() {}

    /// Registers them; the shared clock stands still from here.
    public static void register(Screenshots shots) {
        Ticker.shared().time(InstantSource.fixed(NOW));
        shots.add("shell-on-call", () -> window(sample(), List.of(), place()));
        shots.add("shell-palette", () -> {
            Shell shell = window(sample(), List.of(), place());
            shell.palette().open();
            return shell;
        });
        shots.add("shell-shortcuts", () -> {
            Shell shell = window(sample(), List.of(), place());
            shell.actions().run("help.shortcuts");
            return shell;
        });
        shots.add("shell-offline", () -> {
            SampleShell model = sample();
            model.live().set(new ShellModel.Live.Offline(3));
            model.change(
                    AgentState.WRAP_UP,
                    null,
                    NOW.minusSeconds(18),
                    new Because("callerHungUp", "Maria Lopez"),
                    AgentState.BREAK,
                    "Lunch");
            Shell shell = window(model, List.of(), place());
            shell.toasts().show(Tone.GOOD, Words.of("shell.sample.toast"), Words.of("common.undo"), () -> {});
            return shell;
        });
        shots.add("shell-silent", () -> {
            SampleShell model = sample();
            model.live().set(new ShellModel.Live.Connected(Duration.ofMillis(40), Duration.ofSeconds(7)));
            model.change(AgentState.AVAILABLE, null, NOW.minusSeconds(312), new Because("chosen", null), null, null);
            return window(model, List.of(), place());
        });
    }

    /// A whole window with sample people around other features' screens; Settings and the like stand as entries.
    ///
    /// @param screens the first is shown
    public static Shell window(ShellModel model, List<Screen> screens, Node dock) {
        return window(model, new Actions(), screens, dock);
    }

    /// With a registry that the screens share.
    public static Shell window(ShellModel model, Actions actions, List<Screen> screens, Node dock) {
        Preferences preferences = new Preferences(Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("patchbay-pictures-" + ProcessHandle.current().pid())
                .resolve("preferences.json"));
        List<Screen> shown = screens.isEmpty()
                ? List.of(
                        new Blank("calls", "shell.screen.calls", Feather.PHONE),
                        new Blank("leads", "shell.screen.leads", Feather.FILTER),
                        new Blank("settings", "settings.title", Feather.SETTINGS))
                : screens;
        Shell shell = new Shell(model, actions, preferences, shown, dock);
        shell.go(shown.getFirst().id());
        return shell;
    }

    /// An entry of the rail with nothing behind it.
    public static Screen entry(String id, String titleKey, Feather icon) {
        return new Blank(id, titleKey, icon);
    }

    /// Anna Keller on a call.
    public static SampleShell sample() {
        return new SampleShell(NOW, Role.AGENT);
    }

    private static Node place() {
        Region dock = new Region();
        dock.getStyleClass().add("dock");
        dock.setMinWidth(320);
        dock.setPrefWidth(320);
        return dock;
    }

    /// A screen with nothing on it.
    private record Blank(String id, String titleKey, Feather icon) implements Screen {
        @Override
        public Node view() {
            Label title = new Label();
            title.getStyleClass().add("title");
            title.textProperty().bind(Words.bind(titleKey));
            FourFaces faces = new FourFaces(new Region());
            faces.loading();
            VBox box = new VBox(title, faces);
            box.getStyleClass().add("screen");
            return box;
        }

        @Override
        public void onShow() {}

        @Override
        public void onHide() {}
    }
}
