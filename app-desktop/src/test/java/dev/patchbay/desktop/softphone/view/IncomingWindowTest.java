package dev.patchbay.desktop.softphone.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.desktop.scenes.OnScreen;
import dev.patchbay.desktop.shell.Look;
import dev.patchbay.desktop.softphone.DockState;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The window that says it rings while the agent looks elsewhere.
class IncomingWindowTest {
    private OnScreen console;
    private Look look;
    private Stage main;
    private IncomingWindow incoming;

    /// The main window stays closed: nobody looks at it.
    @BeforeEach
    void open() {
        console = OnScreen.open();
        OnScreen.run(() -> {
            look = new Look();
            look.choice().set(Look.Choice.LIGHT);
            main = new Stage();
            main.setScene(new Scene(new StackPane(), 800, 600));
            look.dress(main.getScene());
            incoming = new IncomingWindow(console.world().dock(), main);
            incoming.onShow();
        });
    }

    @AfterEach
    void close() {
        OnScreen.run(() -> incoming.onHide());
        console.close();
    }

    private void ring() {
        OnScreen.run(() -> console.world()
                .actions()
                .offer(console.world().ring("Maria Lopez", "+15550104471", "Sales", "Solar offers", null)));
    }

    private boolean isOpen() {
        return OnScreen.on(() -> incoming.stage() != null);
    }

    @Test
    void itComesWithTheCallAndGoesWithItsAnswer() {
        assertThat(isOpen()).isFalse();
        ring();
        assertThat(isOpen()).isTrue();
        OnScreen.run(() -> javafx.event.Event.fireEvent(
                incoming.stage().getScene().getRoot(),
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.F8, false, false, false, false)));
        assertThat(OnScreen.<DockState>on(() -> console.world().phone().state().get()))
                .isInstanceOf(DockState.InCall.class);
        assertThat(isOpen()).isFalse();
    }

    @Test
    void aChangeOfThemeReachesIt() {
        ring();
        OnScreen.run(() -> look.choice().set(Look.Choice.DARK));
        List<String> sheets =
                OnScreen.on(() -> List.copyOf(incoming.stage().getScene().getStylesheets()));
        assertThat(sheets)
                .isEqualTo(OnScreen.on(() -> List.copyOf(main.getScene().getStylesheets())))
                .anyMatch(sheet -> sheet.contains("dark"));
    }
}
