package dev.patchbay.desktop.controls;

import dev.patchbay.desktop.words.Words;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Short news at the lower edge that takes no focus and goes by itself after eight seconds, with a way to undo. Lies
/// over the whole window; only the toasts take clicks. At most three show; the oldest gives way.
public final class Toasts extends VBox {
    private static final int MOST = 3;
    private static final Duration STAYS = Duration.seconds(8);

    public Toasts() {
        super(8);
        getStyleClass().add("toasts");
        setAlignment(Pos.BOTTOM_CENTER);
        setPickOnBounds(false);
        setFillWidth(false);
    }

    public void show(Tone tone, String sentence) {
        show(tone, sentence, null, () -> {});
    }

    /// @param action the words of the button, such as "Undo"
    public void show(Tone tone, String sentence, @Nullable String action, Runnable run) {
        Label text = new Label(sentence);
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox toast = new HBox(12, Icon.of(icon(tone)), text);
        toast.setAlignment(Pos.CENTER_LEFT);
        toast.setMaxWidth(520);
        toast.getStyleClass().addAll("toast", tone.style());
        toast.setAccessibleRole(AccessibleRole.TEXT);
        toast.setAccessibleText(sentence);
        if (action != null) {
            Button button = new Button(action);
            button.getStyleClass().add("toast-action");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setOnAction(_ -> {
                getChildren().remove(toast);
                run.run();
            });
            toast.getChildren().add(button);
        }
        Button close = new Button("", Icon.of(Feather.X, 14));
        close.getStyleClass().add("toast-close");
        close.accessibleTextProperty().bind(Words.bind("common.close"));
        close.setOnAction(_ -> getChildren().remove(toast));
        toast.getChildren().add(close);
        if (getChildren().size() == MOST) {
            getChildren().removeFirst();
        }
        getChildren().add(toast);
        PauseTransition stay = new PauseTransition(STAYS);
        stay.setOnFinished(_ -> getChildren().remove(toast));
        // Whoever reads or reaches for the button is not to lose it.
        toast.hoverProperty().addListener((_, _, hover) -> hold(stay, hover));
        toast.focusWithinProperty().addListener((_, _, focus) -> hold(stay, focus));
        stay.play();
    }

    private static void hold(PauseTransition stay, boolean hold) {
        if (hold) {
            stay.pause();
        } else {
            stay.play();
        }
    }

    static Feather icon(Tone tone) {
        return switch (tone) {
            case GOOD -> Feather.CHECK_CIRCLE;
            case WARN -> Feather.ALERT_TRIANGLE;
            case BAD -> Feather.ALERT_CIRCLE;
            case CALL -> Feather.PHONE;
            case NEUTRAL, ACCENT, WRAP_UP, BREAK -> Feather.INFO;
        };
    }
}
