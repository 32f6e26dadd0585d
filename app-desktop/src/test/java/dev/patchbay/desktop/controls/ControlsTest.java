package dev.patchbay.desktop.controls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.desktop.words.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kordamp.ikonli.feather.Feather;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class ControlsTest {
    private final VBox root = new VBox();

    @Start
    void start(Stage stage) {
        Words.speak(Locale.ENGLISH);
        stage.setScene(new Scene(root, 600, 400));
        stage.show();
    }

    @Test
    void aHundredClocksShareOneBeatAndLeaveNoneBehind(FxRobot robot) {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T14:00:00Z"));
        robot.interact(() -> {
            int before = Ticker.shared().listeners();
            Ticker.shared().time(now::get);
            for (int i = 0; i < 100; i++) {
                ClockLabel clock = ClockLabel.since();
                clock.from().set(now.get().minusSeconds(59));
                root.getChildren().add(clock);
            }
            assertThat(Ticker.shared().listeners()).isEqualTo(before + 100);
            assertThat(text(0)).isEqualTo("0:59");
            now.set(now.get().plusSeconds(1));
            Ticker.shared().tick();
            assertThat(text(99)).isEqualTo("1:00");
            root.getChildren().clear();
            assertThat(Ticker.shared().listeners()).isEqualTo(before);
        });
    }

    @Test
    void timesAreWrittenWithTheHoursTheyHave() {
        assertThat(ClockLabel.text(Duration.ofSeconds(7))).isEqualTo("0:07");
        assertThat(ClockLabel.text(Duration.ofSeconds(3599))).isEqualTo("59:59");
        assertThat(ClockLabel.text(Duration.ofSeconds(3600 + 123))).isEqualTo("1:02:03");
        assertThat(ClockLabel.text(Duration.ofSeconds(-3))).isEqualTo("0:00");
    }

    @Test
    void initialsComeFromTheFirstAndTheLastName() {
        assertThat(Avatar.initials("Maria Lopez")).isEqualTo("ML");
        assertThat(Avatar.initials("Ana María de la Cruz")).isEqualTo("AC");
        assertThat(Avatar.initials("cher")).isEqualTo("C");
        assertThat(Avatar.initials("مريم حداد")).isEqualTo("مح");
        assertThat(Avatar.initials("+49 30 1234")).isEqualTo("?");
        assertThat(Avatar.initials("")).isEqualTo("?");
    }

    @Test
    void aListKeepsItsNodeThroughLoadingAndError(FxRobot robot) {
        robot.interact(() -> {
            Region list = new Region();
            FourFaces faces = new FourFaces(list);
            StringBuilder pressed = new StringBuilder();
            assertThat(faces.face().get()).isEqualTo(FourFaces.Face.LOADING);
            faces.error(
                    new SimpleStringProperty("No answer"),
                    new SimpleStringProperty("The server does not answer."),
                    new FourFaces.WayOn(new SimpleStringProperty("Try again"), () -> pressed.append("again")));
            root.getChildren().setAll(faces);
            root.applyCss();
            faces.lookupAll(".button").forEach(node -> ((javafx.scene.control.Button) node).fire());
            assertThat(pressed).hasToString("again");
            faces.empty(Feather.INBOX, new SimpleStringProperty("None"), new SimpleStringProperty("Add one."), null);
            assertThat(faces.face().get()).isEqualTo(FourFaces.Face.EMPTY);
            faces.full();
            assertThat(faces.getChildren()).containsExactly(list);
        });
    }

    @Test
    void aFieldSaysWhatIsWrongToTheScreenReaderToo(FxRobot robot) {
        robot.interact(() -> {
            Field<TextField> field = new Field<>(new SimpleStringProperty("Phone"), new TextField());
            field.hint().set("With country code");
            assertThat(field.control().getAccessibleText()).isEqualTo("Phone");
            assertThat(field.control().getAccessibleHelp()).isEqualTo("With country code");
            field.error().set("This is no number.");
            assertThat(field.control().getAccessibleHelp()).isEqualTo("This is no number.");
            field.error().set("");
            assertThat(field.control().getAccessibleHelp()).isEqualTo("With country code");
        });
    }

    @Test
    void tabsAreChosenByArrowsWithOneTabStop(FxRobot robot) {
        Segmented<String> tabs = new Segmented<>("tank");
        robot.interact(() -> {
            tabs.add("tank", new SimpleStringProperty("Shark tank")).set(42);
            tabs.add("mine", new SimpleStringProperty("My pipeline"));
            tabs.add("all", new SimpleStringProperty("All"));
            root.getChildren().setAll(tabs);
            tabs.getChildren().getFirst().requestFocus();
        });
        robot.push(javafx.scene.input.KeyCode.RIGHT);
        assertThat(tabs.chosen().get()).isEqualTo("mine");
        robot.push(javafx.scene.input.KeyCode.RIGHT);
        robot.push(javafx.scene.input.KeyCode.RIGHT);
        assertThat(tabs.chosen().get()).isEqualTo("all");
        assertThat(tabs.getChildren().stream().filter(node -> node.isFocusTraversable()))
                .hasSize(1);
    }

    @Test
    void atMostThreeToastsShow(FxRobot robot) {
        Toasts toasts = new Toasts();
        robot.interact(() -> {
            root.getChildren().setAll(toasts);
            for (int i = 0; i < 5; i++) {
                toasts.show(Tone.NEUTRAL, "News " + i);
            }
        });
        assertThat(toasts.getChildren()).hasSize(3);
        assertThat(toasts.getChildren().getLast().getAccessibleText()).isEqualTo("News 4");
    }

    private String text(int at) {
        return ((Label) root.getChildren().get(at)).getText();
    }
}
