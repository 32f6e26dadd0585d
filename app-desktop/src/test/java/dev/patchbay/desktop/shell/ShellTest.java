package dev.patchbay.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.desktop.controls.Ticker;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.settings.Preferences;
import dev.patchbay.desktop.settings.SettingsScreen;
import dev.patchbay.desktop.voice.ScriptedVoice;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.Because;
import dev.patchbay.model.Permission;
import dev.patchbay.model.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kordamp.ikonli.feather.Feather;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// The window by the keyboard alone, as an agent uses it.
@ExtendWith(ApplicationExtension.class)
class ShellTest {
    private Page calls;
    private Page leads;
    private final SampleShell model = ShellScenes.sample();
    private final Actions actions = new Actions();
    private Look look;
    private Shell shell;
    private Stage stage;
    private SettingsScreen settings;
    private Preferences preferences;

    @Start
    void start(Stage stage) throws IOException {
        // Made here: a control's class cannot be loaded before the toolkit runs.
        calls = new Page("calls", "shell.screen.calls", Permission.CALLS_TAKE);
        leads = new Page("leads", "shell.screen.leads", Permission.LEADS_VIEW);
        Path folder = Files.createTempDirectory("shell");
        Ticker.shared().time(InstantSource.fixed(ShellScenes.NOW));
        this.stage = stage;
        preferences = new Preferences(folder.resolve("preferences.json"));
        look = new Look();
        look.choice().set(Look.Choice.LIGHT);
        Words.speak(Locale.ENGLISH);
        settings = new SettingsScreen(new ScriptedVoice(), look, actions, preferences);
        shell = new Shell(model, actions, preferences, List.of(calls, leads, settings), new Region());
        ConsoleWindow window = new ConsoleWindow(stage, look, actions, preferences);
        stage.setX(0);
        stage.setY(0);
        window.show(shell);
    }

    @AfterEach
    void english(FxRobot robot) {
        robot.interact(() -> Words.speak(Locale.ENGLISH));
    }

    @Test
    void thePaletteGoesAnywhereFromTheKeyboard(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.K);
        robot.write("lead");
        robot.push(KeyCode.ENTER);
        assertThat(shell.current()).isEqualTo("leads");
        assertThat(robot.lookup(".palette").query().getParent().isVisible()).isFalse();
        robot.push(KeyCode.CONTROL, KeyCode.K);
        robot.push(KeyCode.DOWN);
        robot.push(KeyCode.DOWN);
        robot.push(KeyCode.ENTER);
        assertThat(shell.current()).isEqualTo("settings");
    }

    @Test
    void escapeGivesTheFocusBackToWhatWasBeingTyped(FxRobot robot) {
        robot.interact(() -> calls.field.requestFocus());
        robot.write("half a sent");
        robot.push(KeyCode.CONTROL, KeyCode.K);
        robot.write("xyzzy");
        assertThat(robot.lookup(".palette-nothing").query().isVisible()).isTrue();
        robot.push(KeyCode.ESCAPE);
        robot.write("ence");
        assertThat(calls.field.getText()).isEqualTo("half a sentence");
    }

    @Test
    void theRailIsWalkedWithArrowsAndScreensLetGoOfWhatTheyBound(FxRobot robot) {
        robot.interact(() -> robot.lookup("#calls").query().requestFocus());
        robot.push(KeyCode.DOWN);
        robot.push(KeyCode.SPACE);
        assertThat(shell.current()).isEqualTo("leads");
        assertThat(calls.told).containsExactly("show", "hide");
        assertThat(leads.told).containsExactly("show");
    }

    @Test
    void aScreenIsBuiltWhenItIsFirstShown(FxRobot robot) {
        assertThat(calls.built).isEqualTo(1);
        assertThat(leads.built).isZero();
        robot.push(KeyCode.ALT, KeyCode.DIGIT2);
        robot.push(KeyCode.ALT, KeyCode.DIGIT1);
        robot.push(KeyCode.ALT, KeyCode.DIGIT2);
        assertThat(leads.built).isEqualTo(1);
    }

    @Test
    void whoMayNotTakeCallsHasNoSuchEntry(FxRobot robot) {
        robot.interact(() -> model.me()
                .set(new SampleShell(ShellScenes.NOW, Role.RECEPTIONIST).me().get()));
        assertThat(robot.lookup("#calls").tryQuery()).isEmpty();
        assertThat(robot.lookup("#leads").tryQuery()).isPresent();
        assertThat(shell.current()).isEqualTo("leads");
        robot.push(KeyCode.ALT, KeyCode.DIGIT1);
        assertThat(shell.current()).as("nor does the key open it").isEqualTo("leads");
        assertThat(actions.visible()).noneMatch(action -> action.id().equals("go.calls"));
    }

    @Test
    void theStateSaysHowLongAndWhy(FxRobot robot) {
        robot.interact(() -> model.change(
                AgentState.WRAP_UP,
                null,
                ShellScenes.NOW.minusSeconds(18),
                new Because("callerHungUp", "Maria Lopez"),
                null,
                null));
        assertThat(texts(robot.lookup(".own-state").query()))
                .contains("Wrap-up", "0:18", "because Maria Lopez hung up", "Next: Available");
    }

    @Test
    void theNextStateIsChosenFromTheKeyboard(FxRobot robot) {
        robot.interact(() -> robot.lookup("Next: Wrap-up").query().requestFocus());
        robot.push(KeyCode.SPACE);
        robot.push(KeyCode.DOWN);
        robot.push(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(model.wishes()).containsExactly("next break Lunch");
        assertThat(texts(robot.lookup(".own-state").query())).contains("Next: Lunch");
    }

    @Test
    void theLiveBadgeTurnsAmberAndTellsWhatIsKept(FxRobot robot) {
        assertThat(texts(robot.lookup(".live").query())).containsExactly("live 40 ms");
        robot.interact(
                () -> model.live().set(new ShellModel.Live.Connected(Duration.ofMillis(40), Duration.ofMillis(5_001))));
        assertThat(LiveBadge.tone(model.live().get())).isEqualTo(Tone.WARN);
        assertThat(texts(robot.lookup(".live").query())).containsExactly("silent for 5 s");
        robot.interact(() -> model.live().set(new ShellModel.Live.Offline(3)));
        assertThat(texts(robot.lookup(".live").query())).containsExactly("offline, 3 changes kept");
    }

    @Test
    void themeAndLanguageChangeWhileTheWindowIsOpen(FxRobot robot) {
        assertThat(ground()).isEqualTo(Color.web("#f5f7fa"));
        robot.interact(() -> look.choice().set(Look.Choice.DARK));
        assertThat(ground()).isEqualTo(Color.web("#0e1117"));
        robot.interact(() -> look.choice().set(Look.Choice.CONTRAST));
        assertThat(ground()).isEqualTo(Color.BLACK);
        robot.interact(() -> Words.speak(Locale.GERMAN));
        assertThat(texts(shell)).contains("Im Gespräch", "Einstellungen", "Danach: Nacharbeit");
        assertThat(texts(shell)).doesNotContain("On call", "Settings", "Fold");
    }

    @Test
    void digitsAreOfOneWidthSoThatClocksDoNotJump(FxRobot robot) {
        for (String weight : List.of("Inter", "Inter Medium", "Inter SemiBold", "Inter Bold")) {
            var font = javafx.scene.text.Font.font(weight, 28);
            assertThat(font.getFamily()).as(weight).startsWith("Inter");
            List<Double> widths = new ArrayList<>();
            for (char digit = '0'; digit <= '9'; digit++) {
                var text = new javafx.scene.text.Text(String.valueOf(digit).repeat(20));
                text.setFont(font);
                widths.add(text.getLayoutBounds().getWidth());
            }
            assertThat(Set.copyOf(widths)).as(weight).hasSize(1);
        }
    }

    @Test
    void everythingThatTakesFocusHasANameForTheScreenReader(FxRobot robot) {
        for (SettingsScreen.Part part : SettingsScreen.Part.values()) {
            robot.interact(() -> {
                shell.go("settings");
                settings.open(part);
                shell.applyCss();
                shell.layout();
            });
            assertThat(nameless(shell)).as("in %s", part).isEmpty();
        }
    }

    @Test
    void newKeysTakeEffectConflictsAreToldAndAllIsKept(FxRobot robot) {
        robot.interact(() -> {
            shell.go("settings");
            settings.open(SettingsScreen.Part.KEYS);
        });
        robot.interact(() -> robot.lookup("#keys-go-leads").query().requestFocus());
        robot.push(KeyCode.SPACE);
        robot.push(KeyCode.F1);
        Node conflict = robot.lookup("#conflict").query();
        assertThat(conflict.isVisible()).isTrue();
        assertThat(texts((Parent) conflict).toString()).contains("F1", "Keyboard shortcuts");
        robot.push(KeyCode.SPACE);
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
        assertThat(conflict.isVisible()).isFalse();
        assertThat(actions.keysText("go.leads")).isEqualTo("Ctrl+Shift+L");
        robot.push(KeyCode.ALT, KeyCode.DIGIT2);
        assertThat(shell.current()).as("the old keys do nothing").isEqualTo("settings");
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
        assertThat(shell.current()).isEqualTo("leads");
        assertThat(preferences.read("shortcuts", Shell.Kept.class))
                .hasValueSatisfying(kept -> assertThat(kept.keys()).containsOnlyKeys("go.leads"));
    }

    @Test
    void aToastIsUndoneByItsButton(FxRobot robot) {
        List<String> done = new ArrayList<>();
        robot.interact(() -> shell.toasts().show(Tone.GOOD, "Deleted.", "Undo", () -> done.add("undone")));
        assertThat(stage.getScene().getFocusOwner())
                .as("a toast takes no focus")
                .isNotInstanceOf(javafx.scene.layout.HBox.class);
        robot.interact(() -> ((ButtonBase) robot.lookup(".toast-action").query()).fire());
        assertThat(done).containsExactly("undone");
        assertThat(shell.toasts().getChildren()).isEmpty();
    }

    @Test
    void aScreenThatWantsMoreRoomThanThereIsCoversNeitherRailNorDock(FxRobot robot) {
        robot.interact(() -> {
            ((Region) leads.view()).setMinWidth(4000);
            shell.go("leads");
            shell.applyCss();
            shell.layout();
        });
        Region view = (Region) leads.view();
        assertThat(view.getLayoutX()).isZero();
        assertThat(view.getWidth()).isLessThan(shell.getWidth());
    }

    @Test
    void theWindowComesBackWhereItWas(FxRobot robot) {
        robot.interact(() -> {
            stage.setX(12);
            stage.setY(7);
            stage.setWidth(1000);
            stage.setHeight(640);
            new ConsoleWindow(new Stage(), look, new Actions(), preferences);
        });
        robot.interact(() -> preferences.write("window", new ConsoleWindow.Place(12, 7, 1000, 640, false)));
        List<Double> seen = new ArrayList<>();
        robot.interact(() -> {
            Stage next = new Stage();
            ConsoleWindow window = new ConsoleWindow(next, look, new Actions(), preferences);
            seen.addAll(List.of(next.getX(), next.getY(), next.getWidth(), next.getHeight()));
            window.show(new VBox());
            window.remember();
            next.hide();
        });
        assertThat(seen).containsExactly(12.0, 7.0, 1000.0, 640.0);
        assertThat(preferences.read("window", ConsoleWindow.Place.class))
                .contains(new ConsoleWindow.Place(12, 7, 1000, 640, false));
    }

    private Color ground() {
        Parent root = stage.getScene().getRoot();
        root.applyCss();
        return (Color) ((Region) root).getBackground().getFills().getFirst().getFill();
    }

    private static List<String> texts(Node node) {
        List<String> texts = new ArrayList<>();
        walk(node, seen -> {
            if (seen instanceof Labeled label
                    && shown(label)
                    && !label.getText().isBlank()) {
                texts.add(label.getText());
            }
        });
        return texts;
    }

    private static List<Node> nameless(Node node) {
        List<Node> nameless = new ArrayList<>();
        walk(node, seen -> {
            boolean focusable =
                    seen.isFocusTraversable() && shown(seen) && seen instanceof javafx.scene.control.Control;
            @Nullable String name = seen.getAccessibleText();
            boolean named = name != null && !name.isBlank()
                    || seen instanceof Labeled label
                            && label.getText() != null
                            && !label.getText().isBlank();
            if (focusable && !named) {
                nameless.add(seen);
            }
        });
        return nameless;
    }

    private static boolean shown(@Nullable Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static void walk(Node node, java.util.function.Consumer<Node> seen) {
        seen.accept(node);
        if (node instanceof Labeled labeled && labeled.getGraphic() != null) {
            // Before a skin exists the graphic is no child yet.
            if (!labeled.getChildrenUnmodifiable().contains(labeled.getGraphic())) {
                walk(labeled.getGraphic(), seen);
            }
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> walk(child, seen));
        }
    }

    /// A screen with a field, which tells what it was told.
    private static final class Page implements Screen {
        private final String id;
        private final String titleKey;
        private final Permission permission;
        private final List<String> told = new ArrayList<>();
        private final TextField field = new TextField();
        private @Nullable VBox view;
        private int built;

        Page(String id, String titleKey, Permission permission) {
            this.id = id;
            this.titleKey = titleKey;
            this.permission = permission;
            field.setAccessibleText(id);
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String titleKey() {
            return titleKey;
        }

        @Override
        public Feather icon() {
            return Feather.PHONE;
        }

        @Override
        public Permission permission() {
            return permission;
        }

        @Override
        public Node view() {
            if (view == null) {
                built++;
                view = new VBox(new Label(id), field);
            }
            return view;
        }

        @Override
        public void onShow() {
            told.add("show");
        }

        @Override
        public void onHide() {
            told.add("hide");
        }
    }
}
