package dev.patchbay.desktop.shell;

import dev.patchbay.desktop.settings.Preferences;
import dev.patchbay.desktop.words.Words;
import javafx.geometry.Rectangle2D;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Screen;
import javafx.stage.Stage;

/// The console's one main window: dressed, scaled, and where and how large it was the last time. Its content changes
/// from wizard to sign-in to [Shell].
public final class ConsoleWindow {
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;

    private final Stage stage;
    private final Look look;
    private final StackPane root = new StackPane();
    private final Preferences preferences;

    public ConsoleWindow(Stage stage, Look look, Actions actions, Preferences preferences) {
        this.stage = stage;
        this.look = look;
        this.preferences = preferences;
        Rectangle2D room = Screen.getPrimary().getVisualBounds();
        Scene scene = new Scene(root, Math.min(WIDTH, room.getWidth()), Math.min(HEIGHT, room.getHeight()));
        look.dress(scene);
        actions.listen(scene);
        stage.setScene(scene);
        stage.titleProperty().bind(Words.bind("shell.product"));
        if (Boolean.getBoolean("patchbay.headless")) {
            // The headless platform's screen is small, and nobody looks at it: draw what a usual one shows.
            stage.setWidth(WIDTH);
            stage.setHeight(HEIGHT);
        }
        stage.setMinWidth(720);
        stage.setMinHeight(480);
        preferences.read("window", Place.class).filter(ConsoleWindow::visible).ifPresent(place -> {
            stage.setX(place.x());
            stage.setY(place.y());
            stage.setWidth(place.width());
            stage.setHeight(place.height());
            stage.setMaximized(place.maximized());
        });
    }

    public Stage stage() {
        return stage;
    }

    /// Replaces what the window shows.
    public void show(Parent content) {
        Zoom zoom = new Zoom(content);
        zoom.factor().bind(look.scale());
        root.getChildren().setAll(zoom);
        if (!stage.isShowing()) {
            stage.show();
            Marks.windowShown();
        }
    }

    /// Keeps size and place; when the window closes.
    public void remember() {
        boolean maximized = stage.isMaximized();
        Place before = preferences.read("window", Place.class).orElse(null);
        // The size of a maximized window is the screen's: keep the one it goes back to.
        preferences.write(
                "window",
                maximized && before != null
                        ? new Place(before.x(), before.y(), before.width(), before.height(), true)
                        : new Place(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), maximized));
    }

    /// A window remembered on a screen that is gone is not put where nobody sees it.
    private static boolean visible(Place place) {
        return place.width() >= 480
                && place.height() >= 320
                && !Screen.getScreensForRectangle(place.x() + 40, place.y() + 10, 200, 40)
                        .isEmpty();
    }

    /// Where a window stands, in screen coordinates.
    record Place(double x, double y, double width, double height, boolean maximized) {}
}
