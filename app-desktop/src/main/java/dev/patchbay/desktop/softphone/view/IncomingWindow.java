package dev.patchbay.desktop.softphone.view;

import dev.patchbay.desktop.softphone.DockState;
import dev.patchbay.desktop.words.Words;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import org.jspecify.annotations.Nullable;

/// A small window on top of everything while a call rings and the main window is not what the agent looks at. It goes
/// when the call is answered, here or elsewhere, and when the main window gets the focus.
public final class IncomingWindow {
    private static final double WIDTH = 360;
    private static final double MARGIN = 24;

    private final DockController controller;
    private final Stage main;
    private final List<Runnable> unbind = new ArrayList<>();
    private @Nullable Stage stage;
    private @Nullable RingingCard card;
    private boolean shown;

    /// @param main the console's window
    public IncomingWindow(DockController controller, Stage main) {
        this.controller = controller;
        this.main = main;
    }

    /// Begins to watch.
    public void onShow() {
        if (shown) {
            return;
        }
        shown = true;
        InvalidationListener look = _ -> look();
        for (Observable each : List.of(
                controller.model().phone().state(),
                main.focusedProperty(),
                main.iconifiedProperty(),
                main.showingProperty())) {
            each.addListener(look);
            unbind.add(() -> each.removeListener(look));
        }
        look();
    }

    public void onHide() {
        shown = false;
        unbind.forEach(Runnable::run);
        unbind.clear();
        close();
    }

    /// The window, while one is open.
    @Nullable
    Stage stage() {
        return stage;
    }

    private void look() {
        DockState state = controller.model().phone().state().get();
        boolean away = !main.isShowing() || main.isIconified() || !main.isFocused();
        Stage open = stage;
        // Its own window taking the focus from the main one is no reason to go.
        if (state instanceof DockState.Ringing ringing && (away || (open != null && open.isFocused()))) {
            show(ringing);
        } else {
            close();
        }
    }

    private void show(DockState.Ringing ringing) {
        RingingCard known = card;
        if (known == null) {
            known = new RingingCard(controller);
            card = known;
            open(known);
        }
        known.update(ringing);
    }

    private void open(RingingCard ringing) {
        StackPane root = new StackPane(ringing.node());
        root.getStyleClass().addAll("dock", "incoming");
        Scene scene = new Scene(root, WIDTH, -1);
        Scene looks = main.getScene();
        if (looks != null) {
            // Bound, so that a change of theme while it rings reaches this window too.
            Bindings.bindContent(scene.getStylesheets(), looks.getStylesheets());
            scene.nodeOrientationProperty().bind(looks.nodeOrientationProperty());
            scene.setUserAgentStylesheet(looks.getUserAgentStylesheet());
            root.getStyleClass().addAll(looks.getRoot().getStyleClass().filtered(style -> style.startsWith("theme-")));
        }
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        Stage made = new Stage(StageStyle.UTILITY);
        made.setAlwaysOnTop(true);
        made.setResizable(false);
        made.titleProperty().bind(Words.bind("softphone.ringing"));
        made.setScene(scene);
        // Closing the window is no answer and no refusal: it goes on ringing in the dock.
        made.setOnHidden(_ -> forget());
        stage = made;
        made.show();
        Rectangle2D room = Screen.getPrimary().getVisualBounds();
        made.setX(room.getMaxX() - made.getWidth() - MARGIN);
        made.setY(room.getMinY() + MARGIN);
        ringing.first().requestFocus();
    }

    private void pressed(KeyEvent key) {
        if (key.getCode() == KeyCode.F7) {
            key.consume();
            controller.decline();
        } else if (key.getCode() == KeyCode.F8) {
            key.consume();
            if (key.isShiftDown()) {
                controller.decline();
            } else {
                controller.answer();
            }
        } else if (key.getCode() == KeyCode.ESCAPE) {
            key.consume();
            controller.decline();
        }
    }

    private void close() {
        Stage open = stage;
        if (open != null) {
            open.close();
        }
        forget();
    }

    private void forget() {
        RingingCard known = card;
        if (known != null) {
            known.close();
        }
        card = null;
        stage = null;
    }
}
